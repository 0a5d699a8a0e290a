package lab.console.bench.run;

import java.util.List;
import java.util.Map;

import lab.console.bench.measure.Figure;
import org.HdrHistogram.Histogram;

/**
 * Something that is measured, often in several variants.
 */
interface Benchmark {

	/**
	 * The variants; the first one is what the others are compared with.
	 */
	List<String> variants();

	/**
	 * The variant that is the lab as it is.
	 */
	default String own() {
		return variants().get(0);
	}

	List<Figure> figures();

	/**
	 * Measures a variant once, after a warm-up that does not count.
	 * @return the values of all figures, by their names
	 * @throws lab.console.terminal.LabException if it cannot be measured
	 */
	Map<String, Double> measure(String variant) throws InterruptedException;

	/**
	 * A percentile of a histogram of microseconds, in milliseconds.
	 */
	static double millis(Histogram micros, double percentile) {
		return micros.getValueAtPercentile(percentile) / 1000.0;
	}

}
