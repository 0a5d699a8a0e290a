package lab.console.up;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import lab.console.board.Board;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.group.WatchedGroup;
import lab.console.instance.Instance;
import lab.console.instance.Instances;
import lab.console.instance.Protocol;
import lab.console.process.LabHome;
import lab.console.process.PidFile;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import lab.console.up.LogFollower.LogLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code lab up}: the whole lab in one terminal, until Ctrl-C.
 */
@Command(name = "up")
public class UpCommand implements Callable<Integer> {

	/**
	 * The page, which runs in this process.
	 */
	private static final String BOARD = "board";

	private static final String DEFAULT_SERVER = "localhost:" + Instance.KAFKA.port();

	@Mixin
	private final LabOptions options = new LabOptions();

	@Option(names = "--broker", paramLabel = "embedded|docker", descriptionKey = "up.broker",
			defaultValue = "${LAB_BROKER}")
	private @Nullable BrokerKind broker;

	@Option(names = "--brokers", paramLabel = "1|3", descriptionKey = "up.brokers", defaultValue = "1")
	private int brokers;

	@Option(names = "--protocol", paramLabel = "PROTOCOL", descriptionKey = "up.protocol")
	private @Nullable String protocol;

	@Parameters(paramLabel = "INSTANCE", descriptionKey = "up.instances",
			defaultValue = "order product1 product2 " + BOARD, split = " ")
	private List<String> names = List.of();

	@Spec
	private @Nullable CommandSpec spec;

	private final Terminal terminal = Terminal.ofProcess();

	@Override
	public Integer call() throws Exception {
		Messages messages = this.options.messages();
		Instances instances = new Instances(LabHome.ofProcess(), messages);
		List<Instance> services = services(messages);
		List<Instance> brokers = brokers(messages);
		Protocol named = (this.protocol != null) ? Protocol.named(this.protocol, messages) : null;
		PidFile up = instances.pidFile("up");
		up.running().ifPresent((process) -> {
			throw new LabException(messages.get("up.running", process.pid()));
		});
		List<Instance> left = instances.running();
		if (!left.isEmpty()) {
			throw new LabException(
					messages.get("up.left", String.join(", ", left.stream().map(Instance::name).toList())));
		}
		instances.forget();
		if (named != null) {
			instances.noteProtocol(named);
		}
		up.write(ProcessHandle.current());
		ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
		AtomicBoolean stopped = new AtomicBoolean();
		Runnable down = () -> {
			if (stopped.compareAndSet(false, true)) {
				watch.shutdown();
				stopAll(instances, messages);
				up.delete();
			}
		};
		Runtime.getRuntime().addShutdownHook(new Thread(down, "lab down"));
		try {
			LogFollower follower = new LogFollower(instances.logs(), this.terminal, this.options.json());
			Set<String> seen = new HashSet<>();
			watch.scheduleWithFixedDelay(() -> watch(follower, instances, seen, messages), 0, 100,
					TimeUnit.MILLISECONDS);
			String bootstrapServers = startBrokers(instances, brokers, messages);
			start(instances, services, bootstrapServers, named == Protocol.SHARE, messages);
			boolean board = this.names.contains(BOARD) && startBoard(messages);
			say(Style.GREEN, ready(services, bootstrapServers, board, messages));
			if (!watch.awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS)) {
				throw new IllegalStateException("the end of time");
			}
			return 0;
		}
		finally {
			down.run();
		}
	}

	/**
	 * What is to run beside the broker.
	 */
	private List<Instance> services(Messages messages) {
		return this.names.stream()
			.filter((name) -> !name.equals(BOARD))
			.map((name) -> Instance.named(name)
				.orElseThrow(() -> new LabException(messages.get("instance.unknown", name))))
			.filter((instance) -> !instance.isBroker())
			.distinct()
			.toList();
	}

	private List<Instance> brokers(Messages messages) {
		if (this.brokers == 1) {
			return List.of(Instance.KAFKA);
		}
		if (this.brokers == Instance.CLUSTER.size()) {
			return Instance.CLUSTER;
		}
		throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(),
				messages.get("up.brokers-wrong", this.brokers));
	}

	/**
	 * The page ends with this process. A port that is taken is no reason to do without
	 * the lab.
	 */
	private boolean startBoard(Messages messages) {
		try {
			Board.start(LabHome.ofProcess(), this.options, WatchedGroup.lab(this.options), Board.PORT, messages);
			return true;
		}
		catch (LabException ex) {
			say(Style.YELLOW, String.valueOf(ex.getMessage()));
			return false;
		}
	}

	private String ready(List<Instance> services, String bootstrapServers, boolean board, Messages messages) {
		List<String> where = new ArrayList<>();
		services.forEach((service) -> where.add("%s localhost:%d".formatted(service.name(), service.port())));
		where.add("kafka " + bootstrapServers);
		if (board) {
			where.add("http://localhost:" + Board.PORT);
		}
		return messages.get("up.ready", String.join(", ", where)) + (services.isEmpty() ? "" : messages.get("up.try"))
				+ messages.get("up.stop");
	}

	/**
	 * Makes sure that there are brokers.
	 * @return where clients find them
	 */
	private String startBrokers(Instances instances, List<Instance> brokers, Messages messages)
			throws InterruptedException {
		String names = brokers.stream().map(Instance::name).collect(Collectors.joining(", "));
		boolean reachable = Cluster.reachable(this.options.bootstrapServer());
		if (this.broker == BrokerKind.EXISTING && !reachable) {
			throw new LabException(messages.get("cluster.away", this.options.bootstrapServer()));
		}
		if (reachable && (this.broker == BrokerKind.EXISTING || this.broker == null && this.brokers == 1)) {
			try (Cluster cluster = Cluster.connect(this.options)) {
				say(Style.DIM, messages.get("up.broker-found", this.options.bootstrapServer(), cluster.nodes()));
			}
			return this.options.bootstrapServer();
		}
		if (this.broker == BrokerKind.DOCKER) {
			say(Style.DIM, messages.get("up.broker-docker", names));
			return instances.startBrokers(brokers, BrokerKind.DOCKER);
		}
		if (!this.options.bootstrapServer().equals(DEFAULT_SERVER)) {
			throw new LabException(messages.get("cluster.away", this.options.bootstrapServer()));
		}
		say(Style.DIM, messages.get("up.broker-embedded", names));
		return instances.startBrokers(brokers, BrokerKind.EMBEDDED);
	}

	private void start(Instances instances, List<Instance> services, String bootstrapServers, boolean share,
			Messages messages) throws InterruptedException {
		Map<String, String> environment = Instances.clientEnvironment(this.options, bootstrapServers);
		long products = services.stream().filter(Instance::isProduct).count();
		if (products == 0) {
			instances.startAll(services, environment);
			return;
		}
		try (Cluster cluster = Cluster.connect(this.options)) {
			String group = this.options.prefix() + LabOptions.GROUP;
			requireType(cluster, group, share, messages);
			instances.startAll(services, environment);
			do {
				TimeUnit.MILLISECONDS.sleep(200);
			}
			while (!isSharedOut(cluster, group, products));
		}
	}

	/**
	 * A group stays what it was made as until it is deleted, whoever is in it.
	 */
	private void requireType(Cluster cluster, String name, boolean share, Messages messages) {
		GroupSnapshot group = cluster.snapshot(name);
		if (group.protocol() != null && group.shared() != share) {
			throw new LabException(
					messages.get(share ? "up.group-no-share" : "up.group-share", name, this.options.bootstrapServer()));
		}
	}

	/**
	 * Whether all products are in the group, every partition is read, and in a share
	 * group everybody reads: only then is there something to see.
	 */
	private boolean isSharedOut(Cluster cluster, String name, long products) {
		GroupSnapshot group = cluster.snapshot(name, this.options.prefix() + LabOptions.TOPIC);
		return group.members().size() >= products
				&& group.partitions().stream().noneMatch((partition) -> partition.readBy().isEmpty())
				&& !(group.shared() && group.members().stream().anyMatch(GroupSnapshot.Member::idle));
	}

	private void watch(LogFollower follower, Instances instances, Set<String> seen, Messages messages) {
		try {
			follower.printNewLines();
			Set<String> now = new HashSet<>(instances.running().stream().map(Instance::name).toList());
			seen.removeAll(now);
			seen.forEach((gone) -> say(Style.YELLOW, messages.get("up.gone", gone)));
			seen.clear();
			seen.addAll(now);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void stopAll(Instances instances, Messages messages) {
		try {
			instances.stopAll((instance) -> say(Style.DIM, messages.get("instance.stopping", instance.name())));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void say(Style style, String text) {
		text.lines()
			.forEach((line) -> this.terminal.println(this.options.json() ? Json.line(new LogLine("lab", line))
					: this.terminal.style(style, "lab      | " + line)));
	}

}
