package lab.console.group;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.ShareMemberDescription;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A group as its coordinator describes it, of whatever type: Kafka has an API of its own
 * for each, and what comes of them differs in one thing, whether a partition has an
 * owner.
 *
 * @param type none where the cluster knows no such group
 * @param progress how far the group is; nothing for partitions it has not begun
 * @param readers the names of the members that a partition is assigned to
 */
record DescribedGroup(GroupState state, @Nullable GroupType type, @Nullable String assignor,
		@Nullable Integer groupEpoch, @Nullable Integer assignmentEpoch, List<Member> members,
		Map<TopicPartition, Progress> progress, Map<TopicPartition, List<String>> readers) {

	static final Comparator<TopicPartition> BY_TOPIC_AND_PARTITION = Comparator.comparing(TopicPartition::topic)
		.thenComparing(TopicPartition::partition);

	static final DescribedGroup UNKNOWN = new DescribedGroup(GroupState.DEAD, null, null, null, null, List.of(),
			Map.of(), Map.of());

	private static final int ENOUGH_OF_AN_ID = 6;

	/**
	 * How far a group is in a partition.
	 *
	 * @param lag where the group's type counts it otherwise than to the end
	 */
	record Progress(long offset, Optional<Long> lag) {
	}

	/**
	 * A member together with what it reads.
	 */
	private record Assigned(Member member, Set<TopicPartition> partitions) {
	}

	static DescribedGroup of(ConsumerGroupDescription group, Map<TopicPartition, OffsetAndMetadata> committed) {
		Map<TopicPartition, Progress> progress = new HashMap<>();
		committed.forEach((partition, offset) -> {
			if (offset != null) {
				progress.put(partition, new Progress(offset.offset(), Optional.empty()));
			}
		});
		return of(group.groupState(), group.type(),
				// none is chosen in a classic group that nobody is in
				group.partitionAssignor().isEmpty() ? null : group.partitionAssignor(), group.groupEpoch().orElse(null),
				group.targetAssignmentEpoch().orElse(null),
				group.members().stream().map(DescribedGroup::assigned).toList(), progress);
	}

	static DescribedGroup of(ShareGroupDescription group, Map<TopicPartition, SharePartitionOffsetInfo> offsets) {
		Map<TopicPartition, Progress> progress = new HashMap<>();
		offsets.forEach((partition, offset) -> {
			if (offset != null) {
				progress.put(partition, new Progress(offset.startOffset(), offset.lag()));
			}
		});
		return of(group.groupState(), GroupType.SHARE, null, group.groupEpoch(), group.targetAssignmentEpoch(),
				group.members().stream().map(DescribedGroup::assigned).toList(), progress);
	}

	private static DescribedGroup of(GroupState state, GroupType type, @Nullable String assignor,
			@Nullable Integer groupEpoch, @Nullable Integer assignmentEpoch, List<Assigned> assigned,
			Map<TopicPartition, Progress> progress) {
		List<Member> members = assigned.stream().map(Assigned::member).toList();
		Map<TopicPartition, List<String>> readers = new HashMap<>();
		assigned.stream()
			.sorted(Comparator.comparing((one) -> one.member().name()))
			.forEach((one) -> one.partitions()
				.forEach((partition) -> readers.merge(partition, List.of(name(one.member(), members)),
						(some, other) -> Stream.concat(some.stream(), other.stream()).toList())));
		return new DescribedGroup(state, type, assignor, groupEpoch, assignmentEpoch,
				members.stream()
					.map((member) -> member.named(name(member, members)))
					.sorted(Comparator.comparing(Member::name).thenComparing(Member::memberId))
					.toList(),
				progress, readers);
	}

	private static Assigned assigned(MemberDescription member) {
		return new Assigned(new Member(member.clientId(), member.clientId(), member.consumerId(),
				member.groupInstanceId().orElse(null), host(member.host()), member.memberEpoch().orElse(null),
				names(member.assignment().topicPartitions()),
				member.targetAssignment()
					.map(MemberAssignment::topicPartitions)
					.map(DescribedGroup::names)
					.orElse(null)),
				member.assignment().topicPartitions());
	}

	private static Assigned assigned(ShareMemberDescription member) {
		Set<TopicPartition> partitions = member.assignment().topicPartitions();
		return new Assigned(new Member(member.clientId(), member.clientId(), member.consumerId(), null,
				host(member.host()), member.memberEpoch(), names(partitions), null), partitions);
	}

	/**
	 * Members are known by their client.id, which need not be theirs alone: every console
	 * consumer has the same one.
	 */
	private static String name(Member member, Collection<Member> members) {
		boolean alone = members.stream()
			.noneMatch((other) -> other.clientId().equals(member.clientId())
					&& !other.memberId().equals(member.memberId()));
		String id = member.memberId();
		return alone ? member.clientId()
				: member.clientId() + "-" + id.substring(Math.max(id.length() - ENOUGH_OF_AN_ID, 0));
	}

	private static String host(String host) {
		return host.replaceFirst("^/", "");
	}

	private static List<String> names(Collection<TopicPartition> partitions) {
		return partitions.stream().sorted(BY_TOPIC_AND_PARTITION).map(TopicPartition::toString).toList();
	}

	/**
	 * Of every partition that the group reads or has read.
	 */
	Set<String> topics() {
		return Stream.concat(this.progress.keySet().stream(), this.readers.keySet().stream())
			.map(TopicPartition::topic)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * @param leaders of the partitions of every topic that is looked at
	 * @param ends where the leader tells
	 */
	GroupSnapshot snapshot(String group, Map<TopicPartition, Optional<Integer>> leaders,
			Map<TopicPartition, Long> ends) {
		Map<TopicPartition, Partition> partitions = new TreeMap<>(BY_TOPIC_AND_PARTITION);
		leaders.forEach((partition, leader) -> partitions.put(partition,
				partition(partition, leader.orElse(null), ends.getOrDefault(partition, 0L))));
		return new GroupSnapshot(Instant.now(), group, this.state.toString(), Objects.toString(this.type, null),
				this.assignor, this.groupEpoch, this.assignmentEpoch, this.members, List.copyOf(partitions.values()));
	}

	private Partition partition(TopicPartition partition, @Nullable Integer leader, long end) {
		Progress at = this.progress.get(partition);
		Long offset = (at != null) ? Long.valueOf(at.offset()) : null;
		List<String> by = this.readers.getOrDefault(partition, List.of());
		if (this.type != GroupType.SHARE) {
			return new Partition(partition.topic(), partition.partition(), leader, offset, end,
					by.isEmpty() ? null : by.get(by.size() - 1));
		}
		Long lag = (at != null) ? at.lag().orElse(end - at.offset()) : null;
		return new Partition(partition.topic(), partition.partition(), leader, offset, end, lag, null, by);
	}

}
