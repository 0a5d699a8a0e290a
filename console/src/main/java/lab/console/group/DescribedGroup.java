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
import org.apache.kafka.clients.admin.ClassicGroupDescription;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.ShareMemberDescription;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.clients.admin.StreamsGroupMemberAssignment;
import org.apache.kafka.clients.admin.StreamsGroupMemberDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link GroupSnapshot} of what the Admin API answers, in a class of its own for
 * each type of group. In a share group a partition has readers, in all others an owner.
 *
 * @param type null where the cluster knows no such group
 * @param progress the committed offsets, or the start offsets of a share group
 * @param readers the names of the members that a partition is assigned to
 * @param protocolType null where the members are consumers
 * @param membersHidden whether the members may not be seen
 */
record DescribedGroup(GroupState state, @Nullable GroupType type, @Nullable String assignor,
		@Nullable Integer groupEpoch, @Nullable Integer assignmentEpoch, List<Member> members,
		Map<TopicPartition, GroupOffset> progress, Map<TopicPartition, List<String>> readers,
		@Nullable String protocolType, boolean membersHidden) {

	static final Comparator<TopicPartition> BY_TOPIC_AND_PARTITION = Comparator.comparing(TopicPartition::topic)
		.thenComparing(TopicPartition::partition);

	static final DescribedGroup UNKNOWN = new DescribedGroup(GroupState.DEAD, null, null, null, null, List.of(),
			Map.of(), Map.of(), null, false);

	private static final int ID_SUFFIX_LENGTH = 6;

	/**
	 * A group's offset in a partition.
	 *
	 * @param lag where the coordinator tells it; else what the log has after the offset
	 */
	record GroupOffset(long offset, Optional<Long> lag) {
	}

	/**
	 * A member and its partitions.
	 */
	private record Assigned(Member member, Set<TopicPartition> partitions) {
	}

	static DescribedGroup of(ConsumerGroupDescription group, Map<TopicPartition, OffsetAndMetadata> committed) {
		DescribedGroup described = of(group.groupState(), group.type(),
				// a classic group without members has none
				group.partitionAssignor().isEmpty() ? null : group.partitionAssignor(), group.groupEpoch().orElse(null),
				group.targetAssignmentEpoch().orElse(null),
				group.members().stream().map(DescribedGroup::assigned).toList(), committed(committed));
		return group.isSimpleConsumerGroup() ? described.ofType("") : described;
	}

	static DescribedGroup of(StreamsGroupDescription group, Map<TopicPartition, OffsetAndMetadata> committed) {
		Map<String, Set<String>> topics = new HashMap<>();
		group.subtopologies()
			.forEach((subtopology) -> topics.put(subtopology.subtopologyId(),
					Stream
						.concat(subtopology.sourceTopics().stream(),
								subtopology.repartitionSourceTopics().keySet().stream())
						.collect(Collectors.toSet())));
		return of(group.groupState(), GroupType.STREAMS, null, group.groupEpoch(), group.targetAssignmentEpoch(),
				group.members().stream().map((member) -> assigned(member, topics)).toList(), committed(committed));
	}

	/**
	 * A classic group whose members are no consumers. What they do is written in a form
	 * of their own.
	 */
	static DescribedGroup of(ClassicGroupDescription group) {
		return of(GroupState.parse(group.state().toString()), GroupType.CLASSIC, null, null, null,
				group.members()
					.stream()
					.map(DescribedGroup::assigned)
					.map((one) -> new Assigned(one.member().withoutKnownAssignment(), Set.of()))
					.toList(),
				Map.of())
			.ofType(group.protocol());
	}

	/**
	 * A group whose members may not be seen.
	 */
	static DescribedGroup hidden(GroupState state, GroupType type, Map<TopicPartition, GroupOffset> progress) {
		return new DescribedGroup(state, type, null, null, null, List.of(), progress, Map.of(), null, true);
	}

	static Map<TopicPartition, GroupOffset> committed(Map<TopicPartition, OffsetAndMetadata> committed) {
		Map<TopicPartition, GroupOffset> progress = new HashMap<>();
		committed.forEach((partition, offset) -> {
			if (offset != null) {
				progress.put(partition, new GroupOffset(offset.offset(), Optional.empty()));
			}
		});
		return progress;
	}

	private DescribedGroup ofType(String protocolType) {
		return new DescribedGroup(this.state, this.type, this.assignor, this.groupEpoch, this.assignmentEpoch,
				this.members, this.progress, this.readers, protocolType, this.membersHidden);
	}

	static Map<TopicPartition, GroupOffset> settled(Map<TopicPartition, SharePartitionOffsetInfo> offsets) {
		Map<TopicPartition, GroupOffset> progress = new HashMap<>();
		offsets.forEach((partition, offset) -> {
			if (offset != null) {
				progress.put(partition, new GroupOffset(offset.startOffset(), offset.lag()));
			}
		});
		return progress;
	}

	static DescribedGroup of(ShareGroupDescription group, Map<TopicPartition, SharePartitionOffsetInfo> offsets) {
		return of(group.groupState(), GroupType.SHARE, null, group.groupEpoch(), group.targetAssignmentEpoch(),
				group.members().stream().map(DescribedGroup::assigned).toList(), settled(offsets));
	}

	private static DescribedGroup of(GroupState state, GroupType type, @Nullable String assignor,
			@Nullable Integer groupEpoch, @Nullable Integer assignmentEpoch, List<Assigned> assigned,
			Map<TopicPartition, GroupOffset> progress) {
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
				progress, readers, null, false);
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

	/**
	 * @param topics of each subtopology, of which a task reads the partition of its
	 * number
	 */
	private static Assigned assigned(StreamsGroupMemberDescription member, Map<String, Set<String>> topics) {
		Set<TopicPartition> active = partitions(member.assignment(), topics);
		return new Assigned(new Member(member.clientId(), member.clientId(), member.memberId(),
				member.instanceId().orElse(null), host(member.clientHost()), member.memberEpoch(), names(active),
				names(partitions(member.targetAssignment(), topics))), active);
	}

	private static Set<TopicPartition> partitions(StreamsGroupMemberAssignment tasks, Map<String, Set<String>> topics) {
		return tasks.activeTasks()
			.stream()
			.flatMap((task) -> task.partitions()
				.stream()
				.flatMap((number) -> topics.getOrDefault(task.subtopologyId(), Set.of())
					.stream()
					.map((topic) -> new TopicPartition(topic, number))))
			.collect(Collectors.toSet());
	}

	private static Assigned assigned(ShareMemberDescription member) {
		Set<TopicPartition> partitions = member.assignment().topicPartitions();
		return new Assigned(new Member(member.clientId(), member.clientId(), member.consumerId(), null,
				host(member.host()), member.memberEpoch(), names(partitions), null), partitions);
	}

	/**
	 * The client.id, with the end of the member id where several members have the same,
	 * as console consumers do.
	 */
	private static String name(Member member, Collection<Member> members) {
		boolean alone = members.stream()
			.noneMatch((other) -> other.clientId().equals(member.clientId())
					&& !other.memberId().equals(member.memberId()));
		String id = member.memberId();
		return alone ? member.clientId()
				: member.clientId() + "-" + id.substring(Math.max(id.length() - ID_SUFFIX_LENGTH, 0));
	}

	private static String host(String host) {
		return host.replaceFirst("^/", "");
	}

	private static List<String> names(Collection<TopicPartition> partitions) {
		return partitions.stream().sorted(BY_TOPIC_AND_PARTITION).map(TopicPartition::toString).toList();
	}

	/**
	 * The topics that the group has offsets of, or whose partitions are assigned.
	 */
	Set<String> topics() {
		return Stream.concat(this.progress.keySet().stream(), this.readers.keySet().stream())
			.map(TopicPartition::topic)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * The snapshot, once the topics are known.
	 * @param leaders of all partitions of the topics; empty where there is none
	 * @param logs of the partitions whose leaders told them
	 * @param hiddenTopics that may not be seen
	 * @param readCommitted whether its members are known to read with
	 * {@code isolation.level=read_committed}
	 */
	GroupSnapshot snapshot(String group, Map<TopicPartition, Optional<Integer>> leaders,
			Map<TopicPartition, LogOffsets> logs, List<String> hiddenTopics, boolean readCommitted) {
		Map<TopicPartition, Partition> partitions = new TreeMap<>(BY_TOPIC_AND_PARTITION);
		leaders.forEach((partition, leader) -> partitions.put(partition, partition(partition, leader.orElse(null),
				logs.getOrDefault(partition, LogOffsets.UNKNOWN), readCommitted)));
		return new GroupSnapshot(Instant.now(), group, this.state.toString(), Objects.toString(this.type, null),
				this.assignor, this.groupEpoch, this.assignmentEpoch, this.members, List.copyOf(partitions.values()),
				this.protocolType, (this.membersHidden || !hiddenTopics.isEmpty())
						? new GroupSnapshot.Hidden(this.membersHidden, hiddenTopics) : null);
	}

	private Partition partition(TopicPartition partition, @Nullable Integer leader, LogOffsets log,
			boolean readCommitted) {
		GroupOffset at = this.progress.get(partition);
		Long offset = (at != null) ? Long.valueOf(at.offset()) : null;
		List<String> by = this.readers.getOrDefault(partition, List.of());
		if (this.type != GroupType.SHARE) {
			return new Partition(partition.topic(), partition.partition(), leader, offset, log,
					by.isEmpty() ? null : by.get(by.size() - 1), readCommitted);
		}
		Long lag = (at != null) ? at.lag().filter((told) -> told >= 0).orElseGet(() -> log.after(at.offset(), false))
				: null;
		return new Partition(partition.topic(), partition.partition(), leader, offset, log.start(), log.end(),
				log.openFrom(), lag, null, by);
	}

}
