package lab.console.group;

import java.util.Collection;
import java.util.List;
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
	 * There are partitions enough: the member does not subscribe to their topics, or the
	 * assignor leaves it out. The coordinator does not tell which.
	 */
	OTHER("-other"),

	/**
	 * A member of a share group, in which a partition may have any number of readers.
	 */
	SHARED("-shared");

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
		return ("range".equals(group.assignor()) && idle == group.members().size() - largestTopic(read)) ? RANGE
				: OTHER;
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
