package lab.console.bench.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import lab.console.bench.measure.BenchResults;
import lab.console.bench.measure.Measurement;
import lab.console.process.Cleanup;
import lab.console.process.LabHome;
import lab.console.terminal.Messages;

/**
 * A benchmark, measured in rounds. Each round measures every variant once; every other
 * round has them in reverse. So what changes on the machine meanwhile is the same for all
 * variants.
 *
 * @param quick to measure for a shorter time
 * @param ownOnly to measure only the lab as it is, and nothing beside it
 * @param command with which it can be repeated
 */
public record BenchRun(BenchKind kind, int rounds, boolean quick, boolean ownOnly, String command) {

	/**
	 * Carries it out.
	 * @param home for the data and logs of this run alone
	 * @param cleanup stops everything that is started
	 * @throws lab.console.terminal.LabException if something cannot be measured
	 */
	public BenchResults perform(LabHome home, BenchListener listener, Messages messages, Cleanup cleanup)
			throws InterruptedException {
		Benchmark benchmark = this.kind.benchmark(this.quick, home, messages, cleanup);
		List<Measurement> measurements = new ArrayList<>();
		List<String> measured = this.ownOnly ? List.of(benchmark.own()) : benchmark.variants();
		List<String> variants = new ArrayList<>(measured);
		for (int round = 1; round <= this.rounds; round++) {
			for (String variant : variants) {
				Measurement measurement = new Measurement(round, variant, benchmark.measure(variant));
				measurements.add(measurement);
				listener.measured(measurement, this.rounds);
			}
			Collections.reverse(variants);
		}
		return BenchResults.of(this.kind.toString(), this.command, measured, benchmark.figures(), measurements);
	}

}
