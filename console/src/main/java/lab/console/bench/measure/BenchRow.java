package lab.console.bench.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * One figure of one variant over all rounds.
 *
 * @param ratio to the first variant in the same round; null for the first variant
 * @param noisy whether the ratio differed so much from round to round that it says
 * nothing
 */
public record BenchRow(String variant, Figure figure, Interval value, @Nullable Interval ratio, boolean noisy) {

	/**
	 * A ratio whose interval is wider than that, from its low to its high end, says
	 * nothing.
	 */
	private static final double WIDEST = 2;

	/**
	 * Summarizes the measurements.
	 * @param variants the first one is what the others are compared with
	 */
	static List<BenchRow> of(List<String> variants, List<Figure> figures, List<Measurement> measurements) {
		List<BenchRow> rows = new ArrayList<>();
		for (String variant : variants) {
			for (Figure figure : figures) {
				List<Double> values = values(variant, figure, measurements);
				Interval ratio = variant.equals(variants.get(0)) ? null
						: ratio(values, values(variants.get(0), figure, measurements));
				rows.add(new BenchRow(variant, figure, Interval.of(values), ratio,
						ratio != null && ratio.high() > WIDEST * ratio.low()));
			}
		}
		return rows;
	}

	/**
	 * Returns a value for each round, in their order.
	 */
	private static List<Double> values(String variant, Figure figure, List<Measurement> measurements) {
		return measurements.stream()
			.filter((measurement) -> measurement.variant().equals(variant))
			.sorted(Comparator.comparingInt(Measurement::round))
			.map((measurement) -> measurement.value(figure))
			.toList();
	}

	private static Interval ratio(List<Double> values, List<Double> base) {
		return Interval
			.of(IntStream.range(0, values.size()).mapToObj((round) -> values.get(round) / base.get(round)).toList());
	}

}
