package lab.console.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.common.GroupState;

/**
 * Why a client that is connected has nothing to read, or reads too late: is the topic
 * there, is anybody in the group, can they go on where the group left off, do they keep
 * up.
 */
@RequiredArgsConstructor
final class GroupChecks {

	private final Messages messages;

	private final String bootstrapServers;

	private final Cluster cluster;

	Check topic(String topic, boolean required) {
		Optional<Integer> partitions = this.cluster.partitionCount(topic);
		if (partitions.isPresent()) {
			return Check.ok("topic", this.messages.get("doctor.topic", topic, partitions.get()));
		}
		List<String> near = NearNames.of(topic, this.cluster.topics());
		String seen = near.isEmpty() ? this.messages.get("doctor.topic.unknown", topic)
				: this.messages.get("doctor.topic.unknown.near", topic, String.join(", ", near));
		String remedy = this.messages.get("doctor.topic.unknown.remedy", topic, this.bootstrapServers);
		return required ? Check.failed("topic", "unknown-topic", seen, remedy)
				: Check.hint("topic", "unknown-topic", seen, remedy);
	}

	List<Check> group(String group, boolean required, String topic) {
		GroupSnapshot snapshot = this.cluster.snapshot(group, topic);
		List<Check> checks = new ArrayList<>();
		checks.addAll(members(snapshot, required));
		List<Partition> committed = snapshot.partitions()
			.stream()
			.filter((partition) -> partition.committed() != null)
			.toList();
		if (!committed.isEmpty()) {
			if (!snapshot.shared()) {
				// no member of a share group chooses where to begin
				checks.addAll(offsets(group, committed));
			}
			checks.add(lag(snapshot, committed));
		}
		return checks;
	}

	private List<Check> members(GroupSnapshot snapshot, boolean required) {
		String remedy = this.messages.get("doctor.group.remedy");
		if (snapshot.state().equals(GroupState.DEAD.toString())) {
			String seen = this.messages.get("doctor.group.unknown", snapshot.group());
			return List.of(required ? Check.failed("group", "unknown-group", seen, remedy)
					: Check.hint("group", "unknown-group", seen, remedy));
		}
		if (snapshot.members().isEmpty()) {
			return List.of(Check.hint("group", "no-members",
					this.messages.get("doctor.group.no-members", snapshot.group()), remedy));
		}
		Check group = Check.ok("group",
				this.messages.get("doctor.group", snapshot.group(), snapshot.state(), snapshot.members().size()));
		if (snapshot.shared()) {
			return List.of(group, Check.ok("idle", this.messages.get("doctor.idle.shared")));
		}
		String idle = snapshot.members()
			.stream()
			.filter(Member::idle)
			.map(Member::clientId)
			.collect(Collectors.joining(", "));
		return List.of(group,
				idle.isEmpty() ? Check.ok("idle", this.messages.get("doctor.idle.none")) : Check.hint("idle", "idle",
						this.messages.get("doctor.idle", idle, snapshot.members().size(), snapshot.partitions().size()),
						this.messages.get("doctor.idle.remedy")));
	}

	/**
	 * Committed offsets that no fetch can use: what happens then is up to each consumer's
	 * {@code auto.offset.reset}.
	 */
	private List<Check> offsets(String group, List<Partition> partitions) {
		Map<Partition, Long> starts = this.cluster.logStarts(partitions);
		List<Check> checks = new ArrayList<>();
		for (Partition partition : partitions) {
			Long committed = partition.committed();
			Long start = starts.get(partition);
			if (committed != null && start != null && (committed < start || committed > partition.end())) {
				checks.add(Check.failed("offsets", "offset-out-of-range",
						this.messages.get((committed < start) ? "doctor.offsets.before" : "doctor.offsets.beyond",
								partition.name(), committed, start, partition.end()),
						this.messages.get("doctor.offsets.remedy", this.bootstrapServers, group, partition.topic())));
			}
		}
		return checks.isEmpty() ? List.of(Check.ok("offsets", this.messages.get("doctor.offsets"))) : checks;
	}

	private Check lag(GroupSnapshot snapshot, List<Partition> partitions) {
		String behind = partitions.stream()
			.filter((partition) -> lagOf(partition) > 0)
			.map((partition) -> "%s (LAG %d)".formatted(partition.name(), lagOf(partition)))
			.collect(Collectors.joining(", "));
		if (behind.isEmpty()) {
			return Check.ok("lag", this.messages.get("doctor.lag.none"));
		}
		String remedy = snapshot.shared() ? "doctor.lag.remedy-shared" : "doctor.lag.remedy";
		return Check.hint("lag", "lag", this.messages.get("doctor.lag", behind),
				this.messages.get(snapshot.members().isEmpty() ? "doctor.group.remedy" : remedy));
	}

	private static long lagOf(Partition partition) {
		Long lag = partition.lag();
		return (lag != null) ? lag : 0;
	}

}
