package lab.console.bench.run;

import lab.console.bench.measure.Measurement;

/**
 * Is told of a benchmark's progress.
 */
@FunctionalInterface
public interface BenchListener {

	/**
	 * A measurement has ended.
	 * @param rounds how many there are in all
	 */
	void measured(Measurement measurement, int rounds);

}
