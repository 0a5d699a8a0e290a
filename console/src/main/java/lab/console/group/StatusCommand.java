package lab.console.group;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import lab.console.group.Verdict.Memory;
import lab.console.terminal.GroupOptions;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.Table;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import org.apache.kafka.common.GroupState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code lab status}: who owns what, who is idle, what is left to do.
 */
@Command(name = "status")
public class StatusCommand implements Callable<Integer> {

	private static final String NONE = "-";

	/**
	 * What a program gets: the look at the group and what it comes to.
	 */
	record Status(@JsonUnwrapped GroupSnapshot group, Verdict verdict) {
	}

	@Mixin
	private final GroupOptions options = new GroupOptions();

	@Override
	public Integer call() {
		Optional<String> topic = this.options.expectedTopic();
		try (Cluster cluster = Cluster.connect(this.options)) {
			GroupSnapshot snapshot = cluster.snapshot(this.options.group(), topic.stream().toArray(String[]::new));
			Status status = new Status(snapshot, Verdict.of(snapshot, topic, cluster.timings(snapshot), Memory.NONE));
			if (this.options.json()) {
				System.out.println(Json.line(status));
			}
			else {
				print(status, topic, Terminal.ofProcess(), this.options.messages());
			}
		}
		return 0;
	}

	static void print(Status status, Optional<String> topic, Terminal terminal, Messages messages) {
		PrintStream out = terminal.out();
		GroupSnapshot snapshot = status.group();
		out.println(title(snapshot, terminal, messages));
		if (!snapshot.partitions().isEmpty()) {
			out.println();
			partitions(snapshot).print(out);
			if (snapshot.shared()) {
				out.println(terminal.style(Style.DIM, messages.get("status.start")));
			}
		}
		else if (topic.isPresent()) {
			out.println(messages.get("status.no-topic", topic.get()));
		}
		if (!snapshot.members().isEmpty()) {
			out.println();
			members(snapshot, terminal, messages).print(out);
		}
		out.println();
		out.println(status.verdict().sentence(messages));
	}

	private static String title(GroupSnapshot snapshot, Terminal terminal, Messages messages) {
		String group = terminal.style(Style.BOLD, snapshot.group());
		if (snapshot.state().equals(GroupState.DEAD.toString())) {
			return messages.get("status.unknown", group);
		}
		StringBuilder title = new StringBuilder(messages.get("status.group", group, snapshot.state()));
		if (snapshot.protocol() != null) {
			title.append(", ").append(messages.get("status.protocol", snapshot.protocol()));
		}
		if (snapshot.assignor() != null) {
			title.append(", ").append(messages.get("status.assignor", snapshot.assignor()));
		}
		if (snapshot.groupEpoch() != null) {
			title.append(", ").append(messages.get("status.epoch", snapshot.groupEpoch()));
		}
		return title.toString();
	}

	private static Table partitions(GroupSnapshot snapshot) {
		Table partitions = new Table("PARTITION", "LEADER", snapshot.shared() ? "START" : "COMMITTED", "END", "LAG",
				snapshot.shared() ? "READERS" : "OWNER");
		for (GroupSnapshot.Partition partition : snapshot.partitions()) {
			partitions.row(partition.name(), orNone(partition.leader()), orNone(partition.committed()), partition.end(),
					orNone(partition.lag()),
					partition.readBy().isEmpty() ? NONE : String.join(", ", partition.readBy()));
		}
		return partitions;
	}

	private static Table members(GroupSnapshot snapshot, Terminal terminal, Messages messages) {
		Table members = new Table("MEMBER", "GROUP-INSTANCE-ID", "HOST", "EPOCH", "PARTITIONS");
		for (GroupSnapshot.Member member : snapshot.members()) {
			members.row(member.name(), orNone(member.groupInstanceId()), member.host(), orNone(member.epoch()),
					owns(member, snapshot, terminal, messages));
		}
		return members.without("GROUP-INSTANCE-ID", NONE);
	}

	private static String owns(GroupSnapshot.Member member, GroupSnapshot snapshot, Terminal terminal,
			Messages messages) {
		if (member.idle()) {
			return terminal.style(Style.YELLOW,
					messages.get("status.idle", snapshot.members().size(), snapshot.read().size()));
		}
		return member.assigned().isEmpty() ? messages.get("status.coming", String.join(", ", member.target()))
				: String.join(", ", member.assigned());
	}

	private static String orNone(@Nullable Object value) {
		return (value != null) ? value.toString() : NONE;
	}

}
