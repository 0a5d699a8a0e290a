package lab.console.bench.measure;

import java.util.Map;
import java.util.Objects;

/**
 * What was measured of one variant in one round.
 *
 * @param round from 1
 * @param values by the names of their figures
 */
public record Measurement(int round, String variant, Map<String, Double> values) {

	public Measurement {
		values = Map.copyOf(values);
	}

	/**
	 * The value of that figure.
	 */
	public double value(Figure figure) {
		return Objects.requireNonNull(this.values.get(figure.name()), figure.name());
	}

}
