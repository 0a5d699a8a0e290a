package lab.console.up;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import lab.console.board.Board;
import lab.console.group.Cluster;
import lab.console.group.WatchedGroup;
import lab.console.instance.Instance;
import lab.console.instance.Instances;
import lab.console.instance.Protocol;
import lab.console.process.Cleanup;
import lab.console.process.LabHome;
import lab.console.process.PidFile;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.CleanupReport;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code lab up}: runs the whole lab in one terminal until Ctrl-C.
 */
@Command(name = "up")
public class UpCommand implements Callable<Integer> {

	/**
	 * The board, which runs in this process.
	 */
	private static final String BOARD = "board";

	private static final Duration STEP_TIMEOUT = Duration.ofSeconds(10);

	/**
	 * Enough to stop several instances that do not end by themselves, one after the
	 * other.
	 */
	private static final Duration STOP_TIMEOUT = Duration.ofMinutes(5);

	private static final Duration ASSIGNMENT_TIMEOUT = Duration.ofMinutes(2);

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
		return Cleanup.run(new CleanupReport(messages), (cleanup) -> up(cleanup, messages));
	}

	private int up(Cleanup cleanup, Messages messages) throws Exception {
		LabHome home = LabHome.ofProcess();
		Instances instances = new Instances(home, messages);
		UpOutput output = new UpOutput(this.terminal, this.options.json());
		List<Instance> services = services(messages);
		BrokerChoice brokers = new BrokerChoice(this.options, this.broker, brokers(messages), messages, output);
		Protocol named = (this.protocol != null) ? Protocol.named(this.protocol, messages) : null;
		PidFile up = instances.pidFile("up");
		requireNothingRuns(up, instances, messages);
		instances.forget();
		if (named != null) {
			instances.noteProtocol(named);
		}
		up.write(ProcessHandle.current());
		cleanup.add("up.pid", STEP_TIMEOUT, up::delete);
		cleanup.add("lab up", STOP_TIMEOUT, () -> instances
			.stopAll((instance) -> output.say(Style.DIM, messages.get("instance.stopping", instance.name()))));
		cleanup.add("class archives", STEP_TIMEOUT, instances.makeArchives());
		LogFollower follower = new LogFollower(home.logs(), this.terminal, this.options.json());
		cleanup.add("logs", STEP_TIMEOUT, new Supervisor(follower, instances, output, messages)).start();
		String bootstrapServers = brokers.start(instances);
		start(instances, services, bootstrapServers, named == Protocol.SHARE, messages, output);
		boolean board = this.names.contains(BOARD) && startBoard(cleanup, home, messages, output);
		output.say(Style.GREEN, ready(services, bootstrapServers, board, messages));
		cleanup.awaitInterrupt();
		return 0;
	}

	private static void requireNothingRuns(PidFile up, Instances instances, Messages messages) {
		up.running().ifPresent((process) -> {
			throw new LabException(messages.get("up.running", process.pid()));
		});
		List<Instance> left = instances.running();
		if (!left.isEmpty()) {
			throw new LabException(
					messages.get("up.left", String.join(", ", left.stream().map(Instance::name).toList())));
		}
	}

	/**
	 * The instances to run beside the broker.
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
	 * Starts the board in this process. The lab is also useful without it, so a port that
	 * is taken does not end the command.
	 * @return whether it was started
	 */
	private boolean startBoard(Cleanup cleanup, LabHome home, Messages messages, UpOutput output) {
		try {
			cleanup.add(BOARD, STEP_TIMEOUT,
					Board.start(home, this.options, WatchedGroup.lab(this.options), Board.PORT, messages));
			return true;
		}
		catch (LabException ex) {
			output.say(Style.YELLOW, String.valueOf(ex.getMessage()));
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

	private void start(Instances instances, List<Instance> services, String bootstrapServers, boolean share,
			Messages messages, UpOutput output) throws InterruptedException {
		Map<String, String> environment = Instances.clientEnvironment(this.options, bootstrapServers);
		long products = services.stream().filter(Instance::isProduct).count();
		if (products == 0) {
			instances.startAll(services, environment);
			return;
		}
		try (Cluster cluster = Cluster.connect(this.options)) {
			ProductGroup group = new ProductGroup(cluster, this.options, messages);
			group.requireType(share);
			instances.startAll(services, environment);
			if (!group.awaitAssignment(products, services.contains(Instance.ORDER), ASSIGNMENT_TIMEOUT)) {
				output.say(Style.YELLOW, messages.get("up.waiting", this.options.prefix() + LabOptions.TOPIC,
						ASSIGNMENT_TIMEOUT.toSeconds()));
			}
		}
	}

}
