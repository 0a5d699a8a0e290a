package lab.console.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.GroupVerdict;
import lab.console.group.IdleReason;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Finds out why a client that is connected reads nothing, or reads late: whether the
 * topic exists, the group has members, its committed offsets can be fetched, and how much
 * lag there is.
 */
@RequiredArgsConstructor
final class GroupChecks {

	/**
	 * How many topics are listed where one is missing.
	 */
	private static final int MAX_TOPICS = 20;

	private final Messages messages;

	private final String bootstrapServers;

	private final Cluster cluster;

	List<Finding> topic(String topic, boolean required) {
		return attempt("topic", () -> List.of(describedTopic(topic, required)));
	}

	private Finding describedTopic(String topic, boolean required) {
		Optional<Integer> partitions;
		try {
			partitions = this.cluster.topics().partitionCount(topic);
		}
		catch (LabException ex) {
			if (!(ex.getCause() instanceof AuthorizationException)) {
				throw ex;
			}
			return Finding.failed("topic", "hidden-topic", this.messages.get("doctor.topic.hidden", topic),
					this.messages.get("doctor.hidden.remedy"));
		}
		if (partitions.isPresent()) {
			return Finding.ok("topic", this.messages.get("doctor.topic", topic, partitions.get()));
		}
		Set<String> topics = new TreeSet<>(this.cluster.topics().names());
		String seen = topics.isEmpty() ? this.messages.get("doctor.topic.unknown", topic)
				: this.messages.get("doctor.topic.unknown.topics", topic, listed(topics));
		String remedy = this.messages.get("doctor.topic.unknown.remedy", topic, this.bootstrapServers);
		return required ? Finding.failed("topic", "unknown-topic", seen, remedy)
				: Finding.hint("topic", "unknown-topic", seen, remedy);
	}

	private static String listed(Set<String> topics) {
		String listed = topics.stream().limit(MAX_TOPICS).collect(Collectors.joining(", "));
		return (topics.size() > MAX_TOPICS) ? listed + ", …" : listed;
	}

	/**
	 * @param topic that the group is expected to read, where one is known
	 */
	List<Finding> group(String group, boolean required, Optional<String> topic) {
		return attempt("group", () -> {
			GroupSnapshot snapshot = this.cluster.countedSnapshot(group, topic.stream().toArray(String[]::new));
			List<Finding> checks = new ArrayList<>(group(snapshot, required, topic));
			checks.addAll(attempt("retention", () -> retention(snapshot).stream().toList()));
			return checks;
		});
	}

	private Optional<Finding> retention(GroupSnapshot snapshot) {
		return GroupVerdict.deletable(snapshot, this.cluster.retention(snapshot))
			.map((near) -> Finding.hint("retention", "deletable", near.sentence(this.messages),
					this.messages.get("doctor.deletable.remedy")));
	}

	/**
	 * Checks the group as it is in the snapshot.
	 */
	List<Finding> group(GroupSnapshot snapshot, boolean required, Optional<String> topic) {
		List<Finding> checks = new ArrayList<>();
		checks.addAll(attempt("group", () -> members(snapshot, required)));
		List<Partition> committed = snapshot.activePartitions()
			.stream()
			.filter((partition) -> partition.committed() != null)
			.toList();
		if (!committed.isEmpty()) {
			if (!snapshot.shared()) {
				// no member of a share group chooses where to begin
				checks.addAll(attempt("offsets", () -> offsets(snapshot.group(), committed)));
			}
			checks.addAll(attempt("lag", () -> lag(snapshot)));
		}
		List<String> hidden = snapshot.hiddenTopics()
			.stream()
			.filter((name) -> !topic.equals(Optional.of(name)))
			.toList();
		if (!hidden.isEmpty()) {
			checks.add(Finding.hint("topics", "hidden-topic",
					this.messages.get("doctor.topic.hidden", String.join(", ", hidden)),
					this.messages.get("doctor.hidden.remedy")));
		}
		checks.addAll(attempt("open", () -> openTransactions(snapshot).stream().toList()));
		checks.addAll(attempt("unread", () -> unread(snapshot).stream().toList()));
		return checks;
	}

	private List<Finding> members(GroupSnapshot snapshot, boolean required) {
		String remedy = this.messages.get("doctor.group.remedy");
		if (snapshot.state().equals(GroupState.DEAD.toString())) {
			String seen = this.messages.get("doctor.group.unknown", snapshot.group());
			return List.of(required ? Finding.failed("group", "unknown-group", seen, remedy)
					: Finding.hint("group", "unknown-group", seen, remedy));
		}
		if (snapshot.membersHidden()) {
			return List.of(Finding.hint("group", "hidden-members",
					this.messages.get("doctor.group.hidden", snapshot.group(), snapshot.state()),
					this.messages.get("doctor.hidden.remedy")));
		}
		if (snapshot.otherKind()) {
			return List.of(Finding.ok("group", this.messages.get("doctor.group.kind", snapshot.group(),
					snapshot.state(), snapshot.protocolType(), snapshot.members().size())));
		}
		if (snapshot.simple()) {
			return List.of(Finding.hint("group", "no-members", this.messages
				.get(snapshot.mayHaveOffsets() ? "doctor.group.simple" : "doctor.group.no-offsets", snapshot.group()),
					remedy));
		}
		if (snapshot.members().isEmpty()) {
			return List.of(Finding.hint("group", "no-members",
					this.messages.get("doctor.group.no-members", snapshot.group()), remedy));
		}
		Finding group = Finding.ok("group",
				this.messages.get("doctor.group", snapshot.group(), snapshot.state(), snapshot.members().size()));
		if (snapshot.shared()) {
			return List.of(group, Finding.ok("idle", this.messages.get("doctor.idle.shared")));
		}
		String idle = snapshot.members()
			.stream()
			.filter(Member::idle)
			.map(Member::clientId)
			.collect(Collectors.joining(", "));
		if (idle.isEmpty()) {
			return List.of(group, Finding.ok("idle", this.messages.get("doctor.idle.none")));
		}
		IdleReason reason = IdleReason.of(snapshot);
		return List.of(group,
				Finding.hint("idle", reason.of("idle"),
						this.messages.get(reason.of("doctor.idle"), idle, snapshot.members().size(),
								snapshot.activePartitions().size()),
						this.messages.get(reason.of("doctor.idle.remedy"))));
	}

	/**
	 * Finds committed offsets that are out of range: what a consumer does then depends on
	 * its {@code auto.offset.reset}.
	 */
	private List<Finding> offsets(String group, List<Partition> partitions) {
		List<Finding> checks = new ArrayList<>();
		for (Partition partition : partitions) {
			Long committed = partition.committed();
			Long start = partition.logStart();
			Long end = partition.end();
			if (committed != null && start != null && end != null && (committed < start || committed > end)) {
				checks.add(Finding.failed("offsets", "offset-out-of-range",
						this.messages.get((committed < start) ? "doctor.offsets.before" : "doctor.offsets.beyond",
								partition.name(), committed, start, end),
						this.messages.get("doctor.offsets.remedy", this.bootstrapServers, group, partition.topic())));
			}
		}
		return checks.isEmpty() ? List.of(Finding.ok("offsets", this.messages.get("doctor.offsets"))) : checks;
	}

	private List<Finding> lag(GroupSnapshot snapshot) {
		List<Partition> partitions = snapshot.activePartitions();
		List<Finding> checks = new ArrayList<>();
		String behind = partitions.stream()
			.filter((partition) -> partition.knownLag() > 0)
			.map((partition) -> "%s (LAG %d)".formatted(partition.name(), partition.knownLag()))
			.collect(Collectors.joining(", "));
		if (!behind.isEmpty()) {
			checks.add(behind(snapshot, behind));
		}
		String unknown = partitions.stream()
			.filter(Partition::lagIsUnknown)
			.map(Partition::name)
			.collect(Collectors.joining(", "));
		if (!unknown.isEmpty()) {
			checks.add(Finding.hint("lag", "lag-unknown", this.messages.get("doctor.lag.unknown", unknown),
					this.messages.get("doctor.lag.unknown.remedy")));
		}
		return checks.isEmpty() ? List.of(Finding.ok("lag", this.messages.get("doctor.lag.none"))) : checks;
	}

	private Finding behind(GroupSnapshot snapshot, String behind) {
		String remedy = snapshot.shared() ? "doctor.lag.remedy-shared" : "doctor.lag.remedy";
		long transacted = snapshot.activePartitions().stream().mapToLong(Partition::knownInTransactions).sum();
		return Finding.hint("lag", "lag",
				(transacted > 0) ? this.messages.get("doctor.lag.in-transactions", behind, transacted)
						: this.messages.get("doctor.lag", behind),
				this.messages.get(snapshot.members().isEmpty() ? "doctor.group.remedy" : remedy));
	}

	private Optional<Finding> openTransactions(GroupSnapshot snapshot) {
		String open = snapshot.activePartitions()
			.stream()
			.filter((partition) -> partition.inOpenTransaction() > 0)
			.map((partition) -> "%s (%d)".formatted(partition.name(), partition.inOpenTransaction()))
			.collect(Collectors.joining(", "));
		return open.isEmpty() ? Optional.empty()
				: Optional.of(Finding.hint("open", "open-transaction", this.messages.get("doctor.open", open),
						this.messages.get("doctor.open.remedy", this.bootstrapServers)));
	}

	private Optional<Finding> unread(GroupSnapshot snapshot) {
		return snapshot.unreadTopics(Optional.empty())
			.map((topics) -> Finding.hint("unread", "unread-topic", this.messages.get("doctor.unread", topics),
					this.messages.get("doctor.unread.remedy", this.bootstrapServers, snapshot.group())));
	}

	private List<Finding> attempt(String name, Supplier<List<Finding>> check) {
		return new Attempts(this.messages).required(name, check);
	}

}
