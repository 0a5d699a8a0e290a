package lab.console.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;

import lab.console.group.Cluster;
import lab.console.terminal.AwayException;
import lab.console.terminal.GroupOptions;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code lab doctor}: finds out what is wrong, and says what to do about it. Without
 * options it checks this machine and the lab's own cluster, topic and group, which need
 * not exist yet. A cluster, topic or group that is named must exist, and then this
 * machine is not checked.
 */
@Command(name = "doctor")
public class DoctorCommand implements Callable<Integer> {

	@Mixin
	private final GroupOptions options = new GroupOptions();

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws IOException, InterruptedException {
		Messages messages = this.options.messages();
		Terminal terminal = Terminal.ofProcess();
		List<Finding> checks = new ArrayList<>();
		if (!clusterIsNamed() && !this.options.topicIsNamed() && !this.options.groupIsNamed()) {
			checks.addAll(new MachineChecks(messages).run());
		}
		checks.addAll(cluster(messages));
		for (Finding check : checks) {
			terminal.println(this.options.json() ? Json.line(check) : describe(check, terminal));
		}
		return checks.stream().allMatch((check) -> check.ok() || !check.required()) ? 0 : 1;
	}

	/**
	 * Checks the topic and the group where a client can connect, and where that could not
	 * be checked.
	 */
	private List<Finding> cluster(Messages messages) {
		String servers = this.options.bootstrapServer();
		Attempts attempts = new Attempts(messages);
		Properties client = Cluster.clientProperties(this.options);
		List<Finding> checks = new ArrayList<>(attempts.required("broker",
				() -> new ConnectionChecks(messages, servers, client, clusterIsNamed()).run()));
		if (!checks.stream().allMatch((check) -> check.ok() || Attempts.UNCHECKED.equals(check.diagnosis()))) {
			return checks;
		}
		Optional<String> topic = this.options.expectedTopic();
		String group = this.options.group();
		try (Cluster cluster = Cluster.connect(this.options)) {
			GroupChecks reading = new GroupChecks(messages, servers, cluster);
			topic.ifPresent((name) -> checks.addAll(reading.topic(name, this.options.topicIsNamed())));
			checks.addAll(reading.group(group, this.options.groupIsNamed(), topic));
		}
		catch (LabException ex) {
			checks.add(Finding.failed("cluster", (ex instanceof AwayException) ? "silent" : "refused",
					String.valueOf(ex.getMessage()), messages.get("doctor.cluster.remedy")));
		}
		return checks;
	}

	private boolean clusterIsNamed() {
		return Objects.requireNonNull(this.spec).commandLine().getParseResult().hasMatchedOption("--bootstrap-server")
				|| System.getenv("KAFKA_BOOTSTRAP_SERVERS") != null;
	}

	private static String describe(Finding check, Terminal terminal) {
		String mark = check.ok() ? terminal.style(Style.GREEN, "✓")
				: check.required() ? terminal.style(Style.RED, "✗") : terminal.style(Style.YELLOW, "·");
		String line = "%s %-10s %s".formatted(mark, check.name(), check.seen());
		return (check.remedy() != null) ? line + System.lineSeparator() + " ".repeat(13) + check.remedy() : line;
	}

}
