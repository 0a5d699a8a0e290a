package lab.console.bench.measure;

import java.util.Collection;
import java.util.List;

/**
 * The median of some values, and between which of them the median of many more would lie.
 * Nothing is assumed about their distribution: a value is as likely to be below that
 * median as above it, so the number of values below it is binomial.
 *
 * @param count number of values
 * @param confidence probability that the interval contains the median of many more
 * values: at least {@value #CONFIDENCE}, unless there are fewer than five
 */
public record Interval(double low, double median, double high, int count, double confidence) {

	private static final double CONFIDENCE = 0.9;

	/**
	 * Returns the interval of the values.
	 * @throws IllegalArgumentException if there are none
	 */
	public static Interval of(Collection<Double> values) {
		if (values.isEmpty()) {
			throw new IllegalArgumentException("no values");
		}
		List<Double> sorted = values.stream().sorted().toList();
		int size = sorted.size();
		int outside = 0;
		double confidence = confidence(size, 0);
		while (outside + 1 < size - outside - 1 && confidence(size, outside + 1) >= CONFIDENCE) {
			outside++;
			confidence = confidence(size, outside);
		}
		double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
		return new Interval(sorted.get(outside), median, sorted.get(size - 1 - outside), size, confidence);
	}

	/**
	 * Returns the probability that the median is between two of the values: the lowest
	 * and the highest one, if none is left out at either end.
	 */
	private static double confidence(int size, int outside) {
		double probability = Math.pow(0.5, size);
		double below = 0;
		for (int i = 0; i <= outside; i++) {
			below += probability;
			probability = probability * (size - i) / (i + 1);
		}
		return Math.max(0, 1 - 2 * below);
	}

}
