package lab.console.chaos.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lab.console.instance.Action;
import lab.console.instance.Instance;
import lab.console.instance.Instances;

/**
 * The order service and the products: processes on free ports.
 */
final class RunPrograms {

	/**
	 * So much longer does an order take, so that a product has some in hand.
	 */
	static final Duration HANDLING_TIME = Duration.ofMillis(20);

	private static final String HANDLING_TIME_ARGUMENT = "--lab.product.handling-time=%dms"
		.formatted(HANDLING_TIME.toMillis());

	private final Instances instances;

	private final Map<String, String> environment;

	private final Map<String, String> ofProducts;

	private final Map<String, Instance> running = new ConcurrentSkipListMap<>();

	private final Map<String, Instance> known = new TreeMap<>();

	/**
	 * @param bootstrapServers of the cluster that they use
	 * @param ofProducts variables of the products' environment
	 */
	RunPrograms(Instances instances, String bootstrapServers, Map<String, String> ofProducts) {
		this.instances = instances;
		this.environment = Map.of("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers, "LAB_PREFIX", "");
		this.ofProducts = ofProducts;
	}

	/**
	 * Starts the order service and that many products at once, and returns when all are
	 * ready.
	 */
	void startAll(String order, int products) throws InterruptedException {
		List<String> names = names(order, products);
		Map<Instance, Process> started = new LinkedHashMap<>();
		for (String name : names) {
			Instance instance = known(name);
			started.put(instance, this.instances.start(instance, environment(instance)));
		}
		for (Map.Entry<Instance, Process> program : started.entrySet()) {
			this.instances.awaitReady(program.getKey(), program.getValue());
			this.running.put(program.getKey().name(), program.getKey());
		}
	}

	private static List<String> names(String order, int products) {
		return Stream.concat(Stream.of(order), IntStream.rangeClosed(1, products).mapToObj("product%d"::formatted))
			.toList();
	}

	/**
	 * Whether the order service and that many products run, as after {@link #startAll},
	 * and nothing else.
	 */
	boolean areAsStarted(String order, int products) {
		return processes().keySet().equals(Set.copyOf(names(order, products)));
	}

	/**
	 * Does that to the program of that name, which is started for the first time or
	 * again.
	 */
	void act(Action action, String name) throws InterruptedException {
		if (action == Action.START) {
			Instance instance = known(name);
			this.instances.startAll(List.of(instance), environment(instance));
			this.running.put(name, instance);
			return;
		}
		this.instances.act(action, instance(name), Map.of());
		if (action == Action.STOP || action == Action.KILL) {
			this.running.remove(name);
		}
	}

	private Instance known(String name) {
		return this.known.computeIfAbsent(name, (unknown) -> onFreePort(unknown, List.of()));
	}

	private Map<String, String> environment(Instance instance) {
		Map<String, String> environment = new TreeMap<>(this.environment);
		if (instance.isProduct()) {
			environment.putAll(this.ofProducts);
		}
		return environment;
	}

	/**
	 * Says with which arguments a program is started, beside those of any of its kind.
	 */
	void prepare(String name, List<String> arguments) {
		this.known.put(name, onFreePort(name, arguments));
	}

	private static Instance onFreePort(String name, List<String> arguments) {
		Instance usual = Instance.named(name).orElseThrow();
		List<String> all = new ArrayList<>(arguments);
		if (usual.isProduct()) {
			all.add(HANDLING_TIME_ARGUMENT);
		}
		return usual.onFreePort(all);
	}

	/**
	 * The name of a product that has not been started yet.
	 */
	String nextProduct() {
		return "product" + (this.known.values().stream().filter(Instance::isProduct).count() + 1);
	}

	/**
	 * The names of the products that run.
	 */
	List<String> products() {
		return this.running.values().stream().filter(Instance::isProduct).map(Instance::name).toList();
	}

	/**
	 * The processes of the programs that run, by name. May be called by any thread.
	 */
	Map<String, ProcessHandle> processes() {
		Map<String, ProcessHandle> processes = new TreeMap<>();
		this.running.keySet()
			.forEach((name) -> this.instances.pidFile(name)
				.running()
				.ifPresent((process) -> processes.put(name, process)));
		return processes;
	}

	Instance instance(String name) {
		return Objects.requireNonNull(this.known.get(name));
	}

	/**
	 * Whether the log of the program has that text.
	 */
	boolean says(String name, String text) {
		try {
			return Files.readString(this.instances.log(name)).contains(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Stops all of them.
	 */
	void stop() throws InterruptedException {
		this.instances.stopAll((instance) -> {
		});
	}

}
