package lab.console.instance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.process.LabHome;
import lab.console.process.PidFile;
import lab.console.process.Ports;
import lab.console.process.ProcessTree;
import lab.console.process.Shielded;
import lab.console.process.Suspension;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;

/**
 * Starts and stops the lab's processes. What runs is known from pid files, so that every
 * {@code lab} command, in whichever terminal, sees the same.
 */
public final class Instances {

	/**
	 * Longer than the 30 s that Spring gives a graceful shutdown.
	 */
	private static final Duration GRACE = Duration.ofSeconds(35);

	private static final int LAST_WORDS = 12;

	private final LabHome home;

	private final Messages messages;

	private final ComposeBroker containers;

	public Instances(LabHome home, Messages messages) {
		this.home = home;
		this.messages = messages;
		this.containers = new ComposeBroker(home, messages);
	}

	/**
	 * Which cluster, and which names on it, order and product are to use.
	 */
	public static Map<String, String> clientEnvironment(LabOptions options) {
		return clientEnvironment(options, options.bootstrapServer());
	}

	public static Map<String, String> clientEnvironment(LabOptions options, String bootstrapServers) {
		return Map.of("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers, "LAB_PREFIX", options.prefix());
	}

	/**
	 * Starts the brokers at once, and returns when all are ready.
	 * @return where clients find them: any one of them may be away
	 */
	public String startBrokers(List<Instance> brokers, BrokerKind kind) throws InterruptedException {
		String servers = brokers.stream()
			.map((broker) -> "localhost:" + broker.port())
			.collect(Collectors.joining(","));
		note(this.home.notedBootstrapServers(), servers);
		if (kind == BrokerKind.DOCKER) {
			startContainers(brokers);
		}
		else {
			startAll(brokers, Map.of());
		}
		return servers;
	}

	/**
	 * Every product that is started from now on, whoever starts it, uses this protocol.
	 */
	public void noteProtocol(Protocol protocol) {
		note(this.home.notedProtocol(), protocol.toString());
	}

	/**
	 * For the commands of other terminals.
	 */
	private static void note(Path file, String text) {
		try {
			Files.createDirectories(file.getParent());
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts the brokers' containers, and returns when they are healthy.
	 */
	void startContainers(List<Instance> brokers) throws InterruptedException {
		for (Instance broker : brokers) {
			requireFree(broker);
			requireFree(ComposeBroker.metricsPort(broker), broker);
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
	 * Does that to the instance, and returns when it is done.
	 * @param environment what a start tells it
	 */
	void act(InstanceCommand.Action action, Instance instance, Map<String, String> environment)
			throws InterruptedException {
		switch (action) {
			case START -> {
				if (isContainer(instance)) {
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
	 * Starts the instance in the background, its output in {@link #log}. Its terminal's
	 * Ctrl-C and hang-up do not reach it: whoever started it stops it, in order.
	 * @param environment what is told to it beside what it gets from here
	 * @return the process, not yet {@linkplain #awaitReady ready}
	 */
	public Process start(Instance instance, Map<String, String> environment) {
		requireFree(instance);
		List<String> command = Shielded.command(instance.command(Shielded.java(), this.home));
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.home.state().toFile())
			.redirectErrorStream(true)
			.redirectInput(new File("/dev/null"))
			.redirectOutput(log(instance.name()).toFile());
		builder.environment().put("LAB_HOME", this.home.state().toString());
		builder.environment().putAll(environment);
		try {
			if (instance.isProduct() && Files.exists(this.home.notedProtocol())) {
				builder.environment().put("SPRING_PROFILES_ACTIVE", Files.readString(this.home.notedProtocol()));
			}
			Process process = builder.start();
			pidFile(instance.name()).write(process.toHandle());
			return process;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits until the instance's log says that it is ready.
	 * @throws LabException when it ends before, with its last words
	 */
	public void awaitReady(Instance instance, Process process) throws InterruptedException {
		while (!read(instance).contains(instance.ready())) {
			if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
				pidFile(instance.name()).delete();
				throw new LabException(this.messages.get("instance.ended", instance.name(), lastWords(instance)));
			}
		}
	}

	private void requireFree(Instance instance) {
		if (isRunning(instance)) {
			throw new LabException(this.messages.get("instance.running", instance.name()));
		}
		requireFree(instance.port(), instance);
	}

	private void requireFree(int port, Instance instance) {
		if (Ports.taken(port)) {
			throw new LabException(this.messages.get("instance.port-taken", port, instance.name()));
		}
	}

	boolean isRunning(Instance instance) {
		return pidFile(instance.name()).running().isPresent() || this.containers.running(instance);
	}

	/**
	 * What runs now, in the order to stop it: whoever uses the broker before the broker.
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
	 * Asks the instance to end, as Ctrl-C does: it leaves its group, commits and closes.
	 */
	public void stop(Instance instance) throws InterruptedException {
		stopTogether(List.of(instance));
	}

	/**
	 * Brokers are stopped together: the last one would find no other to hand its
	 * partitions to, and no quorum that lets it go.
	 */
	private void stopTogether(List<Instance> instances) throws InterruptedException {
		List<Instance> inContainers = instances.stream().filter(this::isContainer).toList();
		if (!inContainers.isEmpty()) {
			this.containers.stop(inContainers);
		}
		List<Instance> processes = instances.stream().filter((instance) -> !isContainer(instance)).toList();
		for (Instance instance : processes) {
			if (isPaused(instance)) {
				resume(instance);
			}
		}
		ProcessTree.stop(processes.stream().map(this::process).collect(Collectors.toSet()), GRACE);
		processes.forEach((instance) -> pidFile(instance.name()).delete());
	}

	/**
	 * Ends the instance in the middle of whatever it does, as a crash does: its group
	 * learns of it when its session times out.
	 */
	public void kill(Instance instance) throws InterruptedException {
		if (isContainer(instance)) {
			this.containers.kill(instance);
		}
		else {
			ProcessHandle process = process(instance);
			process.destroyForcibly();
			process.onExit().join();
			pidFile(instance.name()).delete();
		}
	}

	/**
	 * Holds the instance still: to its group it is as good as gone, and it does not know.
	 */
	void pause(Instance instance) throws InterruptedException {
		if (isPaused(instance)) {
			throw new LabException(this.messages.get("instance.paused-already", instance.name()));
		}
		if (isContainer(instance)) {
			this.containers.pause(instance);
		}
		else {
			Suspension.suspend(process(instance));
		}
	}

	/**
	 * Lets a paused instance go on where it was.
	 */
	void resume(Instance instance) throws InterruptedException {
		if (!isPaused(instance)) {
			throw new LabException(this.messages.get("instance.not-paused", instance.name()));
		}
		if (isContainer(instance)) {
			this.containers.resume(instance);
		}
		else {
			Suspension.resume(process(instance));
		}
	}

	boolean isPaused(Instance instance) {
		return isContainer(instance) ? this.containers.paused(instance)
				: pidFile(instance.name()).running().filter(Suspension::suspended).isPresent();
	}

	/**
	 * Stops everything that runs, in order, and what is started meanwhile.
	 * @param announce is told of each instance before it is stopped
	 */
	public void stopAll(Consumer<Instance> announce) throws InterruptedException {
		for (List<Instance> left = running(); !left.isEmpty(); left = running()) {
			for (Instance instance : left) {
				announce.accept(instance);
				if (!instance.isBroker()) {
					stop(instance);
				}
			}
			stopTogether(left.stream().filter(Instance::isBroker).toList());
		}
		forget();
	}

	/**
	 * The next lab may have other brokers and another protocol.
	 */
	public void forget() {
		this.containers.forget();
		try {
			Files.deleteIfExists(this.home.notedBootstrapServers());
			Files.deleteIfExists(this.home.notedProtocol());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Removes the brokers' containers and their data, where there is Docker.
	 */
	void removeContainers() throws InterruptedException {
		try {
			this.containers.remove();
		}
		catch (LabException ex) {
			// no Docker, no containers
		}
	}

	boolean isContainer(Instance instance) {
		return this.containers.chosen(instance);
	}

	private ProcessHandle process(Instance instance) {
		return pidFile(instance.name()).running()
			.orElseThrow(() -> new LabException(this.messages.get("instance.not-running", instance.name())));
	}

	public PidFile pidFile(String name) {
		return new PidFile(this.home.folder("run").resolve(name + ".pid"));
	}

	public Path log(String name) {
		return logs().resolve(name + ".log");
	}

	public Path logs() {
		return this.home.folder("logs");
	}

	private String read(Instance instance) {
		try {
			return Files.readString(log(instance.name()));
		}
		catch (IOException ex) {
			return "";
		}
	}

	private String lastWords(Instance instance) {
		List<String> lines = read(instance).lines().toList();
		return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
	}

}
