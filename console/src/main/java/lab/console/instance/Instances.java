package lab.console.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.process.LabHome;
import lab.console.process.PidFile;
import lab.console.process.Ports;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;

/**
 * The lab's instances, started and stopped one by one or all together. What runs is known
 * from files, so that every {@code lab} command sees the same, in any terminal.
 */
public final class Instances {

	private final LabHome home;

	private final Messages messages;

	private final LocalProcesses processes;

	private final ComposeBroker containers;

	private boolean stopping;

	public Instances(LabHome home, Messages messages) {
		this.home = home;
		this.messages = messages;
		this.processes = new LocalProcesses(home, messages);
		this.containers = new ComposeBroker(home, messages);
	}

	/**
	 * The environment that tells order and product which cluster to use, and which prefix
	 * on it.
	 */
	public static Map<String, String> clientEnvironment(LabOptions options) {
		return clientEnvironment(options, options.bootstrapServer());
	}

	public static Map<String, String> clientEnvironment(LabOptions options, String bootstrapServers) {
		return Map.of("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers, "LAB_PREFIX", options.prefix());
	}

	/**
	 * Makes the class archives that are missing, of the instances that are started from
	 * now on, in the background. Not where something is measured.
	 * @return what stops that
	 */
	public AutoCloseable makeArchives() {
		return this.processes.makeArchives();
	}

	/**
	 * Whether all class archives exist.
	 */
	public static boolean archivesExist(LabHome home) {
		return ArchiveMaker.exist(home);
	}

	/**
	 * Starts the brokers at once, and returns when all are ready.
	 * @return their bootstrap servers
	 */
	public String startBrokers(List<Instance> brokers, BrokerKind kind) throws InterruptedException {
		String servers = brokers.stream()
			.map((broker) -> "localhost:" + broker.port())
			.collect(Collectors.joining(","));
		this.home.noteBootstrapServers(servers);
		if (kind == BrokerKind.DOCKER) {
			startContainers(brokers);
		}
		else {
			startAll(brokers, Map.of());
		}
		return servers;
	}

	/**
	 * Makes every product that is started from now on use this protocol, also those that
	 * other commands start.
	 */
	public void noteProtocol(Protocol protocol) {
		this.home.noteProtocol(protocol.toString());
	}

	/**
	 * Starts the brokers' containers, and returns when they are healthy.
	 */
	void startContainers(List<Instance> brokers) throws InterruptedException {
		brokers.forEach((broker) -> requireFree(broker, this.containers));
		synchronized (this) {
			requireNotStopping();
			this.containers.begin(brokers);
		}
		this.containers.start(brokers);
	}

	/**
	 * Starts the instances at once, and returns when all are ready.
	 */
	public void startAll(List<Instance> instances, Map<String, String> environment) throws InterruptedException {
		Map<Instance, Process> started = new LinkedHashMap<>();
		for (Instance instance : instances) {
			started.put(instance, start(instance, environment));
		}
		for (Map.Entry<Instance, Process> entry : started.entrySet()) {
			awaitReady(entry.getKey(), entry.getValue());
		}
	}

	/**
	 * Starts the instance as a process in the background, with its output in its
	 * {@link #log}.
	 * @param environment variables to add to those of this process
	 * @return the process, not yet {@linkplain #awaitReady ready}
	 */
	public synchronized Process start(Instance instance, Map<String, String> environment) {
		requireNotStopping();
		requireFree(instance, this.processes);
		return this.processes.start(instance, environment);
	}

	/**
	 * Waits until the instance's log says that it is ready.
	 * @throws LabException with the end of its log, if it ends before or is not ready
	 * after 5 min
	 */
	public void awaitReady(Instance instance, Process process) throws InterruptedException {
		this.processes.awaitReady(instance, process);
	}

	private void requireFree(Instance instance, Host host) {
		if (isRunning(instance)) {
			throw new LabException(this.messages.get("instance.running", instance.name()));
		}
		host.ports(instance).stream().filter(Ports::taken).findFirst().ifPresent((port) -> {
			throw new LabException(this.messages.get("instance.port-taken", port, instance.name()));
		});
	}

	private void requireNotStopping() {
		if (this.stopping) {
			throw new IllegalStateException("everything is being stopped");
		}
	}

	/**
	 * Does that to the instance, and returns when it is done.
	 * @param environment of an instance that is started
	 */
	public void act(Action action, Instance instance, Map<String, String> environment) throws InterruptedException {
		switch (action) {
			case START -> {
				if (host(instance) == this.containers) {
					startContainers(List.of(instance));
				}
				else {
					startAll(List.of(instance), environment);
				}
			}
			case STOP -> stop(instance);
			case KILL -> kill(instance);
			case PAUSE -> pause(instance);
			case RESUME -> resume(instance);
		}
	}

	/**
	 * Asks the instance to end, as Ctrl-C does: it leaves its group, commits and closes.
	 */
	public void stop(Instance instance) throws InterruptedException {
		if (!isRunning(instance)) {
			throw new LabException(this.messages.get("instance.not-running", instance.name()));
		}
		host(instance).stop(List.of(instance));
	}

	/**
	 * Ends the instance as a crash does: its group notices when its session times out.
	 */
	public void kill(Instance instance) throws InterruptedException {
		host(instance).kill(instance);
	}

	/**
	 * Suspends the instance: its group removes it after its session timeout, and it does
	 * not notice.
	 */
	void pause(Instance instance) throws InterruptedException {
		if (isPaused(instance)) {
			throw new LabException(this.messages.get("instance.paused-already", instance.name()));
		}
		host(instance).pause(instance);
	}

	/**
	 * Resumes a paused instance.
	 */
	void resume(Instance instance) throws InterruptedException {
		if (!isPaused(instance)) {
			throw new LabException(this.messages.get("instance.not-paused", instance.name()));
		}
		host(instance).resume(instance);
	}

	boolean isPaused(Instance instance) {
		return host(instance).isPaused(instance);
	}

	boolean isRunning(Instance instance) {
		return this.processes.isRunning(instance) || this.containers.isRunning(instance);
	}

	private Host host(Instance instance) {
		return this.containers.isChosen(instance) ? this.containers : this.processes;
	}

	/**
	 * What runs now, in the order to stop it: clients of the broker before the broker.
	 */
	public List<Instance> running() {
		try (Stream<Path> files = Files.list(this.home.folder("run"))) {
			return files.map((file) -> file.getFileName().toString().replaceFirst("\\.(pid|compose)$", ""))
				.flatMap((name) -> Instance.named(name).stream())
				.distinct()
				.filter(this::isRunning)
				.sorted(Comparator.comparing(Instance::isBroker)
					.thenComparing(Instance::port, Comparator.reverseOrder()))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Stops everything that runs, in order, and what other commands start meanwhile. From
	 * now on this starts nothing.
	 * @param announce is told of each instance before it is stopped
	 * @throws RuntimeException if one could not be stopped; the others are, and it is
	 * still known as running
	 */
	public void stopAll(Consumer<Instance> announce) throws InterruptedException {
		synchronized (this) {
			this.stopping = true;
		}
		Set<Instance> failed = new HashSet<>();
		List<RuntimeException> failures = new ArrayList<>();
		for (List<Instance> left = running(); !failed.containsAll(left); left = running()) {
			for (List<Instance> together : inOrder(left, failed)) {
				together.forEach(announce);
				try {
					host(together.get(0)).stop(together);
				}
				catch (RuntimeException ex) {
					failed.addAll(together);
					failures.add(ex);
				}
			}
		}
		if (!failures.isEmpty()) {
			RuntimeException failure = failures.get(0);
			failures.subList(1, failures.size()).forEach(failure::addSuppressed);
			throw failure;
		}
		forget();
	}

	/**
	 * Brokers are stopped together: the last one would find no other to hand its
	 * partitions to, and no quorum that lets it leave.
	 */
	private List<List<Instance>> inOrder(List<Instance> running, Set<Instance> failed) {
		List<List<Instance>> order = new ArrayList<>();
		List<Instance> left = running.stream().filter((instance) -> !failed.contains(instance)).toList();
		left.stream().filter((instance) -> !instance.isBroker()).map(List::of).forEach(order::add);
		order.addAll(left.stream().filter(Instance::isBroker).collect(Collectors.groupingBy(this::host)).values());
		return order;
	}

	/**
	 * Forgets what was chosen for the brokers and the protocol: the next lab may have
	 * others.
	 */
	public void forget() {
		this.containers.forget();
		this.home.forgetNotes();
	}

	/**
	 * Removes the brokers' containers and their data.
	 * @return a sentence on what is left of them, or empty if nothing is
	 */
	Optional<String> removeContainers() throws InterruptedException {
		return this.containers.remove();
	}

	public PidFile pidFile(String name) {
		return this.home.pidFile(name);
	}

	public Path log(String name) {
		return this.home.logs().resolve(name + ".log");
	}

}
