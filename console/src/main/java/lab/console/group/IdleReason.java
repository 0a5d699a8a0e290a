package lab.console.group;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import org.apache.kafka.common.GroupState;

/**
 * Why members of a group have no partition, as far as the snapshot shows it.
 */
public enum IdleReason {

	/**
	 * There are more members than partitions, and a partition has one owner.
	 */
	MEMBERS(""),

	/**
	 * The assignor shares out each topic by itself, always to the same members first.
	 */
	RANGE("-range"),

	/**
	 * Not all partitions are assigned yet: the group is rebalancing, or has not seen a
	 * new partition.
	 */
	WAITING("-waiting"),

	/**
	 * The member has not got its assignment yet, as its epoch tells (KIP-848).
	 */
	JOINED("-joined"),

	/**
	 * There are partitions enough, and the assignor gives each member some if all have
	 * the same subscription: they have not.
	 */
	SUBSCRIPTION("-subscription"),

	/**
	 * There are partitions enough. The coordinator tells nothing that would explain it.
	 */
	OTHER("-other"),

	/**
	 * A member of a share group, in which a partition may have any number of readers.
	 */
	SHARED("-shared");

	/**
	 * Kafka's own assignors that give each member a partition if they can, whichever
	 * topic it is of.
	 */
	private static final Set<String> BALANCED = Set.of("uniform", "cooperative-sticky", "sticky", "roundrobin");

	private final String suffix;

	IdleReason(String suffix) {
		this.suffix = suffix;
	}

	/**
	 * The reason in a group that has members without a partition.
	 */
	public static IdleReason of(GroupSnapshot group) {
		if (group.shared()) {
			return SHARED;
		}
		List<Partition> read = group.activePartitions();
		long idle = group.members().stream().filter(Member::idle).count();
		if (idle == group.members().size() - read.size()) {
			return MEMBERS;
		}
		if (!group.state().equals(GroupState.STABLE.toString())
				|| read.stream().anyMatch((partition) -> partition.readBy().isEmpty())) {
			return WAITING;
		}
		Integer assigned = group.assignmentEpoch();
		if (assigned != null && group.members()
			.stream()
			.anyMatch((member) -> member.idle() && member.epoch() != null && member.epoch() < assigned)) {
			return JOINED;
		}
		if ("range".equals(group.assignor()) && idle == group.members().size() - largestTopic(read)) {
			return RANGE;
		}
		return (group.assignor() != null && BALANCED.contains(group.assignor())) ? SUBSCRIPTION : OTHER;
	}

	private static long largestTopic(Collection<Partition> partitions) {
		return partitions.stream()
			.collect(Collectors.groupingBy(Partition::topic, Collectors.counting()))
			.values()
			.stream()
			.mapToLong(Long::longValue)
			.max()
			.orElse(0);
	}

	/**
	 * The key of the sentence for this reason.
	 * @param key of the sentence for {@link #MEMBERS}
	 */
	public String of(String key) {
		return key + this.suffix;
	}

}
