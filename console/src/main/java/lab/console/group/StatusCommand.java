package lab.console.group;

import java.io.PrintStream;
import java.util.concurrent.Callable;

import lab.console.terminal.GroupOptions;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.Table;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code lab status}: who owns what, who is idle, what is left to do.
 */
@Command(name = "status")
public class StatusCommand implements Callable<Integer> {

	private static final String NONE = "-";

	@Mixin
	private final GroupOptions options = new GroupOptions();

	@Override
	public Integer call() {
		String group = this.options.group();
		String topic = this.options.topic();
		try (Cluster cluster = Cluster.connect(this.options)) {
			GroupSnapshot snapshot = cluster.snapshot(group, topic);
			if (this.options.json()) {
				System.out.println(Json.line(snapshot));
			}
			else {
				print(snapshot, topic, Terminal.ofProcess(), this.options.messages());
			}
		}
		return 0;
	}

	static void print(GroupSnapshot snapshot, String topic, Terminal terminal, Messages messages) {
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
			out.println(messages.get("status.no-topic", topic));
			return;
		}
		Table partitions = new Table("PARTITION", "LEADER", "COMMITTED", "END", "LAG", "OWNER");
		for (GroupSnapshot.Partition partition : snapshot.partitions()) {
			partitions.row(partition.name(), orNone(partition.leader()), orNone(partition.committed()), partition.end(),
					orNone(partition.lag()), orNone(partition.owner()));
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
			members.row(member.name(), member.host(), orNone(member.epoch()),
					owns(member, snapshot, terminal, messages));
		}
		return members;
	}

	private static String owns(GroupSnapshot.Member member, GroupSnapshot snapshot, Terminal terminal,
			Messages messages) {
		if (member.idle()) {
			return terminal.style(Style.YELLOW,
					messages.get("status.idle", snapshot.members().size(), snapshot.partitions().size()));
		}
		return member.assigned().isEmpty() ? messages.get("status.coming", String.join(", ", member.target()))
				: String.join(", ", member.assigned());
	}

	private static String orNone(@Nullable Object value) {
		return (value != null) ? value.toString() : NONE;
	}

}
