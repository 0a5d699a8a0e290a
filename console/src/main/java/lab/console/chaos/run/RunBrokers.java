package lab.console.chaos.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lab.console.chaos.fault.BrokerSetup;
import lab.console.chaos.fault.BrokerSetup.Topology;
import lab.console.instance.Action;
import lab.console.instance.Instance;
import lab.console.instance.Instances;
import lab.console.process.Cleanup;
import lab.console.process.Folders;
import lab.console.process.LabHome;
import lab.console.process.Ports;
import lab.console.terminal.Messages;
import org.jspecify.annotations.Nullable;

/**
 * The brokers of a lab of {@code lab chaos}, on free ports. Their data is deleted when
 * they are closed.
 */
final class RunBrokers implements AutoCloseable {

	private static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(1);

	private static final String LISTENER_OF_SERVICES = "SERVICES";

	private final Instances instances;

	private final Map<String, Instance> brokers;

	private final Path data;

	private final @Nullable SmallDisk disk;

	private final @Nullable BrokerProxy proxy;

	private RunBrokers(Instances instances, List<Instance> brokers, Path data, @Nullable SmallDisk disk,
			@Nullable BrokerProxy proxy) {
		this.instances = instances;
		this.brokers = brokers.stream()
			.collect(Collectors.toMap(Instance::name, (broker) -> broker, (one, other) -> one, TreeMap::new));
		this.data = data;
		this.disk = disk;
		this.proxy = proxy;
	}

	/**
	 * Starts them and returns when they are ready; the cleanup stops them, even before
	 * that.
	 * @param home for their data and logs
	 * @throws NotPossibleException if that cannot be done on this machine
	 */
	static RunBrokers start(BrokerSetup setup, LabHome home, Messages messages, Cleanup cleanup)
			throws InterruptedException {
		// what a command that was killed has left
		new Instances(home, messages).stopAll((instance) -> {
		});
		Path data = home.state().resolve("kafka");
		SmallDisk disk = null;
		if (setup.topology() == Topology.SMALL_DISK) {
			disk = cleanup.add("disk", CLOSE_TIMEOUT, SmallDisk.mount(home.state().resolve("disk"), messages));
			data = disk.folder().resolve("kafka");
		}
		BrokerProxy proxy = null;
		if (setup.topology() == Topology.PROXY) {
			proxy = cleanup.add("proxy", CLOSE_TIMEOUT, new BrokerProxy(Ports.free()));
		}
		delete(data);
		List<Instance> instances = (setup.topology() == Topology.THREE) ? three(data, setup.settings())
				: List.of(one(data, proxy, setup.settings()));
		RunBrokers brokers = cleanup.add("kafka", CLOSE_TIMEOUT,
				new RunBrokers(new Instances(home, messages), instances, data, disk, proxy));
		brokers.instances.startAll(instances, Map.of());
		return brokers;
	}

	private static Instance one(Path data, @Nullable BrokerProxy proxy, Map<String, String> settings) {
		int port = Ports.free();
		int controllerPort = Ports.free();
		Map<String, String> all = new TreeMap<>(settings);
		if (proxy != null) {
			String listener = "PLAINTEXT://localhost:" + port;
			all.put("listeners", "%s,CONTROLLER://localhost:%d,%s://localhost:%d".formatted(listener, controllerPort,
					LISTENER_OF_SERVICES, proxy.target()));
			all.put("advertised.listeners",
					"%s,%s://localhost:%d".formatted(listener, LISTENER_OF_SERVICES, proxy.port()));
			all.put("listener.security.protocol.map",
					"PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT," + LISTENER_OF_SERVICES + ":PLAINTEXT");
		}
		return Instance.KAFKA.with(port, arguments(port, controllerPort, data, all));
	}

	private static List<Instance> three(Path data, Map<String, String> settings) {
		List<Integer> controllerPorts = Instance.CLUSTER.stream().map((broker) -> Ports.free()).toList();
		Map<String, String> all = new TreeMap<>(settings);
		all.put("controller.quorum.voters",
				IntStream.range(0, controllerPorts.size())
					.mapToObj((number) -> "%d@localhost:%d".formatted(number + 1, controllerPorts.get(number)))
					.collect(Collectors.joining(",")));
		return IntStream.range(0, controllerPorts.size()).mapToObj((number) -> {
			Instance usual = Instance.CLUSTER.get(number);
			int port = Ports.free();
			List<String> arguments = new ArrayList<>(usual.arguments());
			arguments.addAll(arguments(port, controllerPorts.get(number), data.resolve(usual.name()), all));
			return usual.with(port, arguments);
		}).toList();
	}

	private static List<String> arguments(int port, int controllerPort, Path data, Map<String, String> settings) {
		List<String> arguments = new ArrayList<>(
				List.of("--lab.kafka.port=" + port, "--lab.kafka.controller-port=" + controllerPort,
						"--lab.kafka.metrics-port=", "--lab.kafka.data-dir=" + data));
		settings.forEach((name, value) -> arguments.add("--lab.kafka.server.%s=%s".formatted(name, value)));
		return arguments;
	}

	/**
	 * For the console, which connects to the brokers without a proxy.
	 */
	String bootstrapServers() {
		return this.brokers.values()
			.stream()
			.map((broker) -> "localhost:" + broker.port())
			.collect(Collectors.joining(","));
	}

	/**
	 * For order and the products.
	 */
	String bootstrapServersOfServices() {
		return (this.proxy != null) ? "localhost:" + this.proxy.port() : bootstrapServers();
	}

	List<String> names() {
		return List.copyOf(this.brokers.keySet());
	}

	/**
	 * Does that to a broker, and returns when it is done. Its data is kept.
	 */
	void act(Action action, String name) throws InterruptedException {
		this.instances.act(action, Objects.requireNonNull(this.brokers.get(name)), Map.of());
	}

	boolean isRunning(String name) {
		return this.instances.pidFile(name).running().isPresent();
	}

	/**
	 * Whether all of them run.
	 */
	boolean allRun() {
		return this.brokers.keySet().stream().allMatch(this::isRunning);
	}

	/**
	 * The disk, of a lab that has one.
	 */
	SmallDisk disk() {
		return Objects.requireNonNull(this.disk);
	}

	/**
	 * The proxy, of a lab that has one.
	 */
	BrokerProxy proxy() {
		return Objects.requireNonNull(this.proxy);
	}

	@Override
	public void close() throws InterruptedException {
		this.instances.stopAll((instance) -> {
		});
		delete(this.data);
	}

	private static void delete(Path folder) {
		try {
			Folders.delete(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
