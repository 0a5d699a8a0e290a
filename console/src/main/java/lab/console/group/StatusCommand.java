package lab.console.group;

import java.io.PrintStream;
import java.util.concurrent.Callable;

import lab.console.terminal.Json;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Table;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code lab status}: who owns what, who is idle, what is left to do.
 */
@Command(name = "status")
public class StatusCommand implements Callable<Integer> {

	private static final String NONE = "-";

	@Mixin
	private final LabOptions options = new LabOptions();

	@Option(names = "--group", paramLabel = "GROUP", defaultValue = "product", descriptionKey = "option.group")
	private String group = "";

	@Option(names = "--topic", paramLabel = "TOPIC", defaultValue = "topic_example", descriptionKey = "option.topic")
	private String topic = "";

	@Override
	public Integer call() {
		try (Cluster cluster = Cluster.connect(this.options)) {
			GroupSnapshot snapshot = cluster.snapshot(this.group, this.topic);
			if (this.options.json()) {
				System.out.println(Json.line(snapshot));
			}
			else {
				print(snapshot, Terminal.ofProcess(), this.options.messages());
			}
		}
		return 0;
	}

	private void print(GroupSnapshot snapshot, Terminal terminal, Messages messages) {
		PrintStream out = terminal.out();
		StringBuilder title = new StringBuilder(
				messages.get("status.group", terminal.style(Style.BOLD, snapshot.group()), snapshot.state()));
		if (snapshot.protocol() != null) {
			title.append(", ").append(messages.get("status.protocol", snapshot.protocol()));
		}
		if (snapshot.assignor() != null) {
			title.append(", ").append(messages.get("status.assignor", snapshot.assignor()));
		}
		if (snapshot.groupEpoch() != null) {
			title.append(", ").append(messages.get("status.epoch", snapshot.groupEpoch()));
		}
		out.println(title);
		if (snapshot.members().isEmpty()) {
			out.println(messages.get("status.no-members"));
		}
		if (snapshot.partitions().isEmpty()) {
			out.println(messages.get("status.no-topic", this.topic));
			return;
		}
		Table partitions = new Table("PARTITION", "LEADER", "COMMITTED", "END", "LAG", "OWNER");
		for (GroupSnapshot.Partition partition : snapshot.partitions()) {
			partitions.row(partition.name(), orNone(partition.leader()), orNone(partition.committed()), partition.end(),
					partition.lag().map(String::valueOf).orElse(NONE), orNone(partition.owner()));
		}
		out.println();
		partitions.print(out);
		if (!snapshot.members().isEmpty()) {
			out.println();
			members(snapshot, terminal, messages).print(out);
		}
	}

	private static Table members(GroupSnapshot snapshot, Terminal terminal, Messages messages) {
		Table members = new Table("MEMBER", "HOST", "EPOCH", "PARTITIONS");
		for (GroupSnapshot.Member member : snapshot.members()) {
			String owns = member.idle()
					? terminal.style(Style.YELLOW,
							messages.get("status.idle", snapshot.members().size(), snapshot.partitions().size()))
					: String.join(", ", member.assigned());
			members.row(member.clientId(), member.host(), orNone(member.epoch()), owns);
		}
		return members;
	}

	private static String orNone(@Nullable Object value) {
		return (value != null) ? value.toString() : NONE;
	}

}
