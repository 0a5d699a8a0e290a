package lab.console.bench.run;

import java.time.Duration;

import lab.console.process.Cleanup;
import lab.console.process.LabHome;
import lab.console.terminal.EnumOption;
import lab.console.terminal.Messages;

/**
 * The benchmarks that there are.
 */
public enum BenchKind {

	/** What {@code stock} and {@code exactly-once} cost. */
	PROFILES((measured, home, messages, cleanup) -> new ProfilesBenchmark(measured,
			new BenchLab(home, messages, cleanup))),

	/** What the guarantees of the order service cost. */
	ORDERS((measured, home, messages, cleanup) -> new OrdersBenchmark(measured, new BenchLab(home, messages, cleanup))),

	/** How long an order is on its way. */
	LATENCY((measured, home, messages, cleanup) -> new LatencyBenchmark(measured,
			new BenchLab(home, messages, cleanup))),

	/** How long the commands take that show a group. */
	COMMANDS((measured, home, messages, cleanup) -> new CommandsBenchmark(measured,
			new BenchLab(home, messages, cleanup))),

	/** What the board needs, by the size of the group. */
	BOARD((measured, home, messages, cleanup) -> new BoardBenchmark(measured, new BenchLab(home, messages, cleanup))),

	/** How fast {@code lab up} starts, and what it needs while nothing happens. */
	FOOTPRINT(FootprintBenchmark::new),

	/** How fast others acknowledge an order. */
	PEERS((measured, home, messages, cleanup) -> new PeersBenchmark(measured, new BenchLab(home, messages, cleanup)));

	private static final Duration MEASURED = Duration.ofSeconds(10);

	private static final Duration MEASURED_QUICKLY = Duration.ofSeconds(4);

	private final Factory factory;

	BenchKind(Factory factory) {
		this.factory = factory;
	}

	/**
	 * The benchmark of that name.
	 * @throws lab.console.terminal.OptionException that lists them, if there is none of
	 * that name
	 */
	public static BenchKind named(String name, Messages messages) {
		return EnumOption.named(name, values(), "bench.unknown", messages);
	}

	/**
	 * The name on the command line.
	 */
	@Override
	public String toString() {
		return EnumOption.name(this);
	}

	/**
	 * Whether it has figures of the lab that no other benchmark has.
	 */
	public boolean measuresTheLab() {
		return this != PEERS;
	}

	/**
	 * Checks that it can be measured here and now.
	 * @throws lab.console.terminal.LabException if it cannot
	 */
	public void requirePossible(Messages messages) {
		if (this == FOOTPRINT) {
			FootprintBenchmark.requirePossible(messages);
		}
		if (this == BOARD) {
			ProcessUsage.requirePossible(messages);
		}
	}

	/**
	 * Prepares the benchmark.
	 * @param quick to measure for a shorter time
	 * @param home for its data and logs alone
	 * @param cleanup stops everything that is started
	 */
	Benchmark benchmark(boolean quick, LabHome home, Messages messages, Cleanup cleanup) throws InterruptedException {
		return this.factory.create(quick ? MEASURED_QUICKLY : MEASURED, home, messages, cleanup);
	}

	@FunctionalInterface
	private interface Factory {

		Benchmark create(Duration measured, LabHome home, Messages messages, Cleanup cleanup)
				throws InterruptedException;

	}

}
