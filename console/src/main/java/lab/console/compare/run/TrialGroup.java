package lab.console.compare.run;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import lab.console.compare.measure.HandledRecord;
import lab.console.compare.measure.Ownership;
import lab.console.compare.measure.Ownership.Moment;
import lab.console.compare.measure.OwnershipChange;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lombok.RequiredArgsConstructor;

/**
 * The group of a {@link Trial}: what its members have published, and what its coordinator
 * reports.
 */
@RequiredArgsConstructor
final class TrialGroup {

	private final Cluster cluster;

	private final RunNames names;

	/** Whether it is a share group. */
	private final boolean shared;

	private final TrialMembers members;

	private final Recorder recorder;

	/**
	 * How many of the partitions the member owns, as it published last.
	 */
	int owned(String member, int partitions) {
		Moment now = ownership().last();
		return (int) IntStream.range(0, partitions).filter((partition) -> now.of(partition).contains(member)).count();
	}

	/**
	 * Whether each live member has published an assignment since it joined, each
	 * partition has its owner, and a record of each was handled since.
	 */
	boolean settled(int partitions) {
		List<OwnershipChange> changes = this.recorder.changes();
		Set<String> live = this.members.live();
		Moment now = ownership().last();
		boolean eachHasPublished = live.stream()
			.allMatch((member) -> changes.stream()
				.anyMatch((change) -> change.member().equals(member)
						&& !change.at().isBefore(this.members.joinedAt(member))));
		return eachHasPublished && now.complete(partitions, this.shared)
				&& (!this.shared || live.stream().allMatch((member) -> owned(member, partitions) > 0))
				&& everyPartitionHandled(partitions, 1, now.at());
	}

	/**
	 * Whether each partition's present owner has handled so many of its records.
	 */
	boolean everyPartitionHandled(int partitions, int times, Instant since) {
		Moment now = ownership().last();
		List<HandledRecord> handled = this.recorder.handled(Math.max(1000, 20 * partitions));
		return IntStream.range(0, partitions)
			.allMatch((partition) -> handled.stream()
				.filter((record) -> record.partition() == partition && now.of(partition).contains(record.member())
						&& !record.at().isBefore(since))
				.count() >= times);
	}

	/**
	 * Whether the coordinator sees all live members with their target assignment. A share
	 * group has no pending assignments.
	 */
	boolean stable() {
		if (this.shared) {
			return true;
		}
		GroupSnapshot group = this.cluster.snapshot(this.names.group(), this.names.topic());
		return group.state().equals("Stable") && group.members().size() == this.members.live().size()
				&& group.members()
					.stream()
					.allMatch((member) -> member.target() == null || member.target().equals(member.assigned()));
	}

	/**
	 * Whether the group has committed every record of the topic. Members publish that
	 * they handled a record before they commit it. Unknown, so false, for a share group.
	 */
	boolean allCommitted() {
		return !this.shared && this.cluster.snapshot(this.names.group(), this.names.topic())
			.partitions()
			.stream()
			.allMatch((partition) -> Long.valueOf(0).equals(partition.lag()));
	}

	private Ownership ownership() {
		return Ownership.of(this.recorder.changes(), this.members.silenced());
	}

}
