package lab.console.compare.measure;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Summary of one measure over several runs. The 95th percentile is by nearest rank: of
 * fewer than 20 runs it is the largest value.
 *
 * @param runs number of runs that have the measure
 */
public record Distribution(int runs, double median, double p95, double min, double max) {

	/**
	 * Returns the distribution of the values, or empty if there are none.
	 */
	public static Optional<Distribution> of(Collection<? extends Number> values) {
		List<Double> sorted = values.stream().map(Number::doubleValue).sorted().toList();
		if (sorted.isEmpty()) {
			return Optional.empty();
		}
		int size = sorted.size();
		double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
		return Optional.of(new Distribution(size, median, percentile(sorted, 95), sorted.get(0), sorted.get(size - 1)));
	}

	private static double percentile(List<Double> sorted, int percent) {
		return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
	}

}
