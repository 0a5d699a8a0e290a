package lab.console.group;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import lab.console.group.Verdict.Memory;
import lab.console.group.Verdict.Silence;
import lab.console.process.LabHome;
import lab.console.terminal.GroupOptions;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.Table;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import org.apache.kafka.common.GroupState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code lab status}: prints the members of a group, its partitions with their owners and
 * lag, and the verdict.
 */
@Command(name = "status")
public class StatusCommand implements Callable<Integer> {

	/**
	 * What {@code --json} prints.
	 *
	 * @param remarks what else is unusual about the group's offsets
	 */
	record Status(@JsonUnwrapped GroupSnapshot group, Verdict verdict, List<Verdict> remarks) {

		/**
		 * @param silent members that send no heartbeats, by name
		 * @param retention what retention may delete
		 */
		static Status of(GroupSnapshot group, Optional<String> topic, Optional<GroupTimings> timings,
				Map<String, Silence> silent, UnreadRetention retention) {
			Verdict verdict = GroupVerdict.of(group, topic, timings, new Memory(silent, Map.of(), Map.of(), retention));
			return new Status(group, verdict,
					OffsetVerdicts.of(group, topic, retention)
						.stream()
						.filter((remark) -> !remark.equals(verdict))
						.toList());
		}

	}

	@Mixin
	private final GroupOptions options = new GroupOptions();

	@Override
	public Integer call() {
		Optional<String> topic = this.options.expectedTopic();
		try (Cluster cluster = Cluster.connect(this.options)) {
			GroupSnapshot snapshot = cluster.countedSnapshot(this.options.group(),
					topic.stream().toArray(String[]::new));
			Status status = Status.of(
					snapshot, topic, cluster.timings(snapshot), WatchedGroup.of(this.options).local()
							? new LocalMembers(LabHome.ofProcess()).silent(snapshot) : Map.of(),
					cluster.retention(snapshot));
			if (this.options.json()) {
				System.out.println(Json.line(status));
			}
			else {
				print(status, topic, Terminal.ofProcess(), this.options.messages());
			}
			// the lab's own topic and group need not exist yet
			boolean noTopic = this.options.topicIsNamed() && !snapshot.has(this.options.topic());
			boolean noGroup = this.options.groupIsNamed() && snapshot.state().equals(GroupState.DEAD.toString());
			return (noTopic || noGroup) ? 1 : 0;
		}
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
		topic.filter((name) -> !snapshot.has(name) && !snapshot.hiddenTopics().contains(name))
			.ifPresent((name) -> out.println(messages.get("status.no-topic", name)));
		if (!snapshot.members().isEmpty()) {
			out.println();
			GroupTables.members(snapshot.members(), (member) -> owns(member, snapshot, terminal, messages)).print(out);
		}
		out.println();
		out.println(status.verdict().sentence(messages));
		status.remarks().forEach((remark) -> out.println(remark.sentence(messages)));
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
		if (snapshot.otherKind()) {
			title.append(", ").append(messages.get("status.kind", snapshot.protocolType()));
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
		boolean shared = snapshot.shared();
		return GroupTables
			.of(snapshot.partitions(),
					List.of(GroupTables.name(), GroupTables.leader(), GroupTables.committed(shared), GroupTables.end(),
							GroupTables.lag(), GroupTables.kafkaLag(), GroupTables.readBy(shared)))
			.without(GroupTables.KAFKA_LAG, GroupTables.NONE);
	}

	private static String owns(GroupSnapshot.Member member, GroupSnapshot snapshot, Terminal terminal,
			Messages messages) {
		if (snapshot.otherKind()) {
			return GroupTables.NONE;
		}
		if (member.idle()) {
			return terminal.style(Style.YELLOW, messages.get(IdleReason.of(snapshot).of("status.idle"),
					snapshot.members().size(), snapshot.activePartitions().size()));
		}
		return member.assigned().isEmpty() ? messages.get("status.coming", String.join(", ", member.target()))
				: String.join(", ", member.assigned());
	}

}
