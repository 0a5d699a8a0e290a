package lab.console.bench.run;

import java.time.Duration;
import java.util.function.Function;

import lab.console.terminal.EnumOption;
import lab.console.terminal.Messages;

/**
 * The benchmarks that there are.
 */
public enum BenchKind {

	/** What {@code stock} and {@code exactly-once} cost. */
	PROFILES(ProfilesBenchmark::new);

	private static final Duration MEASURED = Duration.ofSeconds(10);

	private static final Duration MEASURED_QUICKLY = Duration.ofSeconds(4);

	private final Function<Duration, Benchmark> benchmark;

	BenchKind(Function<Duration, Benchmark> benchmark) {
		this.benchmark = benchmark;
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

	Benchmark benchmark(boolean quick) {
		return this.benchmark.apply(quick ? MEASURED_QUICKLY : MEASURED);
	}

}
