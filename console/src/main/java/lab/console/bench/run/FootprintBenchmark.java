package lab.console.bench.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import lab.console.bench.measure.Figure;
import lab.console.board.Board;
import lab.console.instance.Instances;
import lab.console.process.Cleanup;
import lab.console.process.Folders;
import lab.console.process.LabHome;
import lab.console.process.Ports;
import lab.console.process.ProcessTree;
import lab.console.process.Shielded;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;

/**
 * What the lab needs: the time from {@code ./lab up} until the first order is handled;
 * then, while nothing happens, the memory and the CPU time of each of its processes.
 */
final class FootprintBenchmark implements Benchmark {

	private static final String LAB = "lab";

	/** What runs, by the names of the PID files. {@code lab up} serves the board. */
	private static final List<String> PROCESSES = List.of("up", "kafka", "order", "product1", "product2");

	private static final Figure START = new Figure("start", "s");

	private static final String MEMORY = "memory";

	private static final String IDLE = "idle";

	private static final String TIMEOUT = "bench.timeout";

	/**
	 * Three times as long as other benchmarks, because some work runs only every ten
	 * seconds.
	 */
	private static final int TIMES = 3;

	/**
	 * Waits twice that time first, because a JVM still compiles after its start.
	 */
	private static final int SETTLE_TIMES = 2;

	private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

	private static final Duration ARCHIVES_TIMEOUT = Duration.ofMinutes(15);

	/**
	 * More than {@code lab up} allows itself.
	 */
	private static final Duration STOP_TIMEOUT = Duration.ofMinutes(6);

	/**
	 * Settings of this process that would change what is measured.
	 */
	private static final Set<String> LEFT_OUT = Set.of("KAFKA_BOOTSTRAP_SERVERS", "LAB_PREFIX", "LAB_ORDER_GROWTH",
			"SPRING_PROFILES_ACTIVE", "SPRING_APPLICATION_JSON");

	private static final Duration PAUSE = Duration.ofMillis(50);

	private static final int CREATED = 201;

	private final HttpClient client = HttpClient.newHttpClient();

	private final Duration measured;

	private final LabHome home;

	private final Messages messages;

	private final Cleanup cleanup;

	/**
	 * Makes missing class archives first, so that no round measures a first start.
	 */
	FootprintBenchmark(Duration measured, LabHome home, Messages messages, Cleanup cleanup)
			throws InterruptedException {
		this.measured = measured.multipliedBy(TIMES);
		this.home = home;
		this.messages = messages;
		this.cleanup = cleanup;
		if (!Instances.archivesExist(home)) {
			System.err.println(messages.get("bench.footprint.archives"));
			try (Up up = new Up()) {
				up.awaitFirstOrder();
				await(() -> Instances.archivesExist(home) || !up.process.isAlive(), ARCHIVES_TIMEOUT,
						"bench.footprint.no-archives");
				if (!Instances.archivesExist(home)) {
					throw ended("lab up");
				}
			}
		}
	}

	/**
	 * Checks that it can be measured here and now.
	 * @throws LabException if this is not Linux, or another program uses a port of the
	 * lab
	 */
	static void requirePossible(Messages messages) {
		ProcessUsage.requirePossible(messages);
		Map<Integer, String> ports = new TreeMap<>(Ports.OF_THE_LAB);
		ports.put(Board.PORT, "board");
		ports.forEach((port, name) -> {
			if (Ports.taken(port)) {
				throw new LabException(messages.get("instance.port-taken", port, name));
			}
		});
	}

	@Override
	public List<String> variants() {
		return List.of(LAB);
	}

	@Override
	public List<Figure> figures() {
		return Stream.of(Stream.of(START), figures(MEMORY, "MB"), figures(IDLE, "% of a core"))
			.flatMap((figures) -> figures)
			.toList();
	}

	private static Stream<Figure> figures(String name, String unit) {
		return Stream.concat(Stream.of(name), PROCESSES.stream().map((process) -> name + "-" + process))
			.map((figure) -> new Figure(figure, unit));
	}

	@Override
	public Map<String, Double> measure(String variant) throws InterruptedException {
		Map<String, Double> values = new HashMap<>();
		try (Up up = new Up()) {
			values.put(START.name(), up.awaitFirstOrder().toNanos() / 1e9);
			TimeUnit.MILLISECONDS.sleep(this.measured.multipliedBy(SETTLE_TIMES).toMillis());
			Map<String, ProcessUsage> processes = processes();
			Map<String, Double> before = new HashMap<>();
			processes.forEach((name, process) -> before.put(name, process.cpuSeconds()));
			long begin = System.nanoTime();
			TimeUnit.MILLISECONDS.sleep(this.measured.toMillis());
			double seconds = (System.nanoTime() - begin) / 1e9;
			processes.forEach((name, process) -> {
				add(values, IDLE, name, (process.cpuSeconds() - before.getOrDefault(name, 0.0)) / seconds * 100);
				add(values, MEMORY, name, process.memoryMb());
			});
		}
		return values;
	}

	private static void add(Map<String, Double> values, String figure, String process, double value) {
		values.put(figure + "-" + process, value);
		values.merge(figure, value, Double::sum);
	}

	private Map<String, ProcessUsage> processes() {
		Map<String, ProcessUsage> processes = new LinkedHashMap<>();
		PROCESSES.forEach((name) -> processes.put(name, new ProcessUsage(name,
				this.home.pidFile(name).running().orElseThrow(() -> ended(name)), this.messages)));
		return processes;
	}

	private LabException ended(String name) {
		return new LabException(this.messages.get("bench.ended", name));
	}

	private void await(Awaited condition, Duration timeout, String problem) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!condition.holds()) {
			if (System.nanoTime() > deadline) {
				throw new LabException(this.messages.get(problem, timeout.toSeconds()));
			}
			TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
		}
	}

	private interface Awaited {

		boolean holds() throws InterruptedException;

	}

	/**
	 * A {@code lab up} of its own, whose output tells when the first order is handled.
	 */
	private final class Up implements AutoCloseable {

		private final long begin;

		private final Process process;

		private final CompletableFuture<Long> handled = new CompletableFuture<>();

		Up() {
			requirePossible(FootprintBenchmark.this.messages);
			deleteData();
			ProcessBuilder builder = new ProcessBuilder(Shielded.command(List
				.of(FootprintBenchmark.this.home.root().resolve("lab").toString(), "up", "--broker", "embedded")))
				.redirectErrorStream(true);
			builder.environment().keySet().removeAll(LEFT_OUT);
			builder.environment().put("LAB_HOME", FootprintBenchmark.this.home.state().toString());
			this.begin = System.nanoTime();
			try {
				this.process = builder.start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			FootprintBenchmark.this.cleanup.add("lab up", STOP_TIMEOUT, this);
			Thread reader = new Thread(this::read, "lab up");
			reader.setDaemon(true);
			reader.start();
		}

		private void read() {
			String last = "";
			try (BufferedReader output = this.process.inputReader()) {
				for (String line = output.readLine(); line != null; line = output.readLine()) {
					last = line;
					if (line.contains(" handled \"")) {
						this.handled.complete(System.nanoTime());
					}
				}
			}
			catch (IOException ex) {
				// it was stopped
			}
			this.handled.completeExceptionally(
					new LabException(FootprintBenchmark.this.messages.get("bench.footprint.up-ended", last)));
		}

		/**
		 * Places an order as soon as one is taken.
		 * @return the time from the start until it was handled
		 */
		Duration awaitFirstOrder() throws InterruptedException {
			await(() -> this.handled.isDone() || place(), START_TIMEOUT, TIMEOUT);
			try {
				long end = this.handled.get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
				return Duration.ofNanos(end - this.begin);
			}
			catch (ExecutionException ex) {
				throw (ex.getCause() instanceof LabException known) ? known : new IllegalStateException(ex);
			}
			catch (TimeoutException ex) {
				throw new LabException(FootprintBenchmark.this.messages.get(TIMEOUT, START_TIMEOUT.toSeconds()), ex);
			}
		}

		private boolean place() throws InterruptedException {
			HttpRequest order = HttpRequest.newBuilder(URI.create("http://localhost:8081/orders"))
				.timeout(START_TIMEOUT)
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"first\"}"))
				.build();
			try {
				return FootprintBenchmark.this.client.send(order, HttpResponse.BodyHandlers.discarding())
					.statusCode() == CREATED;
			}
			catch (IOException ex) {
				// not there yet
				return false;
			}
		}

		@Override
		public void close() {
			if (!ProcessTree.stopRoot(this.process.toHandle(), STOP_TIMEOUT)
					&& !Thread.currentThread().isInterrupted()) {
				throw new LabException(FootprintBenchmark.this.messages.get("instance.not-ended", "lab up"));
			}
			deleteData();
		}

		/**
		 * So that each round starts a new broker, as the next benchmark does.
		 */
		private void deleteData() {
			try {
				Folders.delete(FootprintBenchmark.this.home.state().resolve("kafka"));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
