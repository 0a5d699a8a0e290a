package lab.console.bench.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import lab.console.bench.measure.Figure;
import lab.console.bench.measure.Interval;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;

/**
 * How long a command takes that shows a group, from its start to its end: Kafka's own
 * {@code kafka-consumer-groups} and {@code lab status}. Each is run one time after the
 * other while a lab with two products is idle.
 */
final class CommandsBenchmark implements Benchmark {

	private static final Figure DURATION = new Figure("duration", "s");

	private static final int PARTITIONS = 4;

	private final Map<String, List<String>> commands = new LinkedHashMap<>();

	private static final String STATUS = "lab-status";

	private final Map<String, String> environment;

	private final Duration measured;

	private final BenchLab lab;

	/**
	 * Starts the services.
	 * @param measured for how long each command is repeated
	 */
	CommandsBenchmark(Duration measured, BenchLab lab) throws InterruptedException {
		this.measured = measured;
		this.lab = lab;
		String prefix = lab.nextPrefix();
		this.environment = Map.of("KAFKA_BOOTSTRAP_SERVERS", lab.bootstrapServers(), "LAB_PREFIX", prefix);
		Path root = lab.home().root();
		this.commands.put("kafka-consumer-groups", List.of(root.resolve("kafka/bin/kafka-consumer-groups").toString(),
				"--bootstrap-server", lab.bootstrapServers(), "--describe", "--group", prefix + LabOptions.GROUP));
		this.commands.put(STATUS, List.of(root.resolve("lab").toString(), "status"));
		lab.topics().create(prefix + LabOptions.TOPIC, PARTITIONS);
		lab.start("product1", prefix, Map.of());
		lab.start("product2", prefix, Map.of());
	}

	@Override
	public List<String> variants() {
		return List.copyOf(this.commands.keySet());
	}

	@Override
	public String own() {
		return STATUS;
	}

	@Override
	public List<Figure> figures() {
		return List.of(DURATION);
	}

	/**
	 * The first time, when files are not in memory yet, does not count.
	 */
	@Override
	public Map<String, Double> measure(String variant) throws InterruptedException {
		run(variant);
		List<Double> durations = new ArrayList<>();
		long end = System.nanoTime() + this.measured.toNanos();
		while (System.nanoTime() < end) {
			durations.add(run(variant));
		}
		return Map.of(DURATION.name(), Interval.of(durations).median());
	}

	/**
	 * Runs the command.
	 * @return how long it took, in seconds
	 * @throws LabException if it fails
	 */
	private double run(String variant) throws InterruptedException {
		File log = this.lab.home().logs().resolve("commands.log").toFile();
		ProcessBuilder builder = new ProcessBuilder(this.commands.getOrDefault(variant, List.of()))
			.redirectErrorStream(true)
			.redirectOutput(log);
		builder.environment().putAll(this.environment);
		long begin = System.nanoTime();
		Process process = start(builder);
		try {
			int status = process.waitFor();
			if (status != 0) {
				throw new LabException(this.lab.messages().get("bench.commands.failed", variant, status, log));
			}
			return (System.nanoTime() - begin) / 1e9;
		}
		finally {
			process.destroy();
		}
	}

	private static Process start(ProcessBuilder builder) {
		try {
			return builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
