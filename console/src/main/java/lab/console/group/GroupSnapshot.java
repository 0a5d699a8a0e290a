package lab.console.group;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A group and the topics that it reads, as the coordinator and the partitions' leaders
 * describe them at one moment. Nothing is inferred.
 *
 * @param at when it was described
 * @param group the group's id
 * @param state the group's state in Kafka's words, {@code Dead} where the cluster knows
 * no such group
 * @param protocol {@code Classic}, {@code Consumer} (KIP-848), {@code Share} (KIP-932) or
 * {@code Streams} (KIP-1071)
 * @param assignor who computes the assignment, where the coordinator tells
 * @param groupEpoch counts changes of the group; unknown under {@code Classic}
 * @param assignmentEpoch the group epoch that the target assignment was computed for;
 * unknown under {@code Classic}
 * @param members in the order of their client.id, those without a partition too
 * @param partitions of every topic, those that are assigned to nobody too
 * @param protocolType what kind of members a classic group has if they are no consumers,
 * such as {@code connect}; empty where the group has only offsets, which consumers commit
 * that assign partitions themselves; null for consumers
 * @param hidden what this client is not authorized to see, null where it sees all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupSnapshot(Instant at, String group, String state, @Nullable String protocol,
		@Nullable String assignor, @Nullable Integer groupEpoch, @Nullable Integer assignmentEpoch,
		List<Member> members, List<Partition> partitions, @Nullable String protocolType, @Nullable Hidden hidden) {

	/**
	 * Creates a group of consumers of which everything is seen.
	 */
	public GroupSnapshot(Instant at, String group, String state, @Nullable String protocol, @Nullable String assignor,
			@Nullable Integer groupEpoch, @Nullable Integer assignmentEpoch, List<Member> members,
			List<Partition> partitions) {
		this(at, group, state, protocol, assignor, groupEpoch, assignmentEpoch, members, partitions, null, null);
	}

	/**
	 * What a client is not authorized to see.
	 *
	 * @param members whether it may not see the members, because one of them reads a
	 * topic that it may not see; Kafka does not tell which (KIP-848)
	 * @param topics whose partitions it may not see
	 */
	public record Hidden(boolean members, List<String> topics) {
	}

	/**
	 * The topics whose partitions may not be seen.
	 */
	public List<String> hiddenTopics() {
		return (this.hidden != null) ? this.hidden.topics : List.of();
	}

	/**
	 * Whether the members may not be seen.
	 */
	public boolean membersHidden() {
		return this.hidden != null && this.hidden.members;
	}

	/**
	 * Whether it has only offsets, committed by consumers that are no members.
	 */
	public boolean simple() {
		return this.protocolType != null && this.protocolType.isEmpty();
	}

	/**
	 * Whether it has a committed offset, or may have one in a topic that may not be seen.
	 * The offsets of a topic that is deleted are deleted with it.
	 */
	public boolean mayHaveOffsets() {
		return this.partitions.stream().anyMatch((partition) -> partition.committed() != null)
				|| !hiddenTopics().isEmpty();
	}

	/**
	 * Whether its members are no consumers, but Kafka Connect's workers, for example.
	 */
	public boolean otherKind() {
		return this.protocolType != null && !this.protocolType.isEmpty();
	}

	/**
	 * The partitions of the topics of which a partition is assigned to a member; all
	 * partitions, where none is. For the other topics the group has only committed
	 * offsets at some time.
	 */
	public List<Partition> activePartitions() {
		Set<String> topics = this.partitions.stream()
			.filter((partition) -> !partition.readBy().isEmpty())
			.map(Partition::topic)
			.collect(Collectors.toSet());
		return topics.isEmpty() ? this.partitions
				: this.partitions.stream().filter((partition) -> topics.contains(partition.topic())).toList();
	}

	/**
	 * The topics that no member reads, although members read others, each with the number
	 * of records that are there for the group; empty where there are none. Topics without
	 * such records are left out.
	 * @param expected a topic to name even without such records
	 */
	public Optional<String> unreadTopics(Optional<String> expected) {
		Set<String> read = activePartitions().stream().map(Partition::topic).collect(Collectors.toSet());
		Map<String, Long> waiting = this.partitions.stream()
			.filter((partition) -> !read.contains(partition.topic()))
			.collect(Collectors.groupingBy(Partition::topic, TreeMap::new, Collectors
				.summingLong((partition) -> (partition.lag() != null) ? partition.lag() : partition.neverCommitted())));
		return waiting.entrySet()
			.stream()
			.filter((topic) -> topic.getValue() > 0 || expected.equals(Optional.of(topic.getKey())))
			.map((topic) -> "%s (%d)".formatted(topic.getKey(), topic.getValue()))
			.reduce((one, other) -> one + ", " + other);
	}

	/**
	 * Whether the topic is one of those that were described, which exist.
	 */
	boolean has(String topic) {
		return this.partitions.stream().anyMatch((partition) -> partition.topic().equals(topic));
	}

	/**
	 * Whether its members are under the classic protocol, whose times are the clients'
	 * own.
	 */
	public boolean classic() {
		return GroupType.CLASSIC.toString().equals(this.protocol);
	}

	/**
	 * Whether it is a share group, in which several members read a partition and nobody
	 * owns one.
	 */
	public boolean shared() {
		return GroupType.SHARE.toString().equals(this.protocol);
	}

	/**
	 * Returns the snapshot as it still is at a later time.
	 */
	public GroupSnapshot at(Instant now) {
		return new GroupSnapshot(now, this.group, this.state, this.protocol, this.assignor, this.groupEpoch,
				this.assignmentEpoch, this.members, this.partitions, this.protocolType, this.hidden);
	}

	/**
	 * Returns the snapshot with other names for some of the members.
	 * @param names the new names by the present ones
	 */
	public GroupSnapshot renamed(Map<String, String> names) {
		return new GroupSnapshot(this.at, this.group, this.state, this.protocol, this.assignor, this.groupEpoch,
				this.assignmentEpoch,
				this.members.stream()
					.map((member) -> member.named(names.getOrDefault(member.name, member.name)))
					.toList(),
				this.partitions.stream().map((partition) -> partition.renamed(names)).toList(), this.protocolType,
				this.hidden);
	}

	/**
	 * Returns the snapshot with the replicas of its partitions.
	 * @param replicas of partitions that have several
	 */
	GroupSnapshot withReplicas(Map<TopicPartition, Replicas> replicas) {
		return new GroupSnapshot(this.at, this.group, this.state, this.protocol, this.assignor, this.groupEpoch,
				this.assignmentEpoch, this.members,
				this.partitions.stream()
					.map((partition) -> partition.withReplicas(replicas.get(partition.topicPartition())))
					.toList(),
				this.protocolType, this.hidden);
	}

	/**
	 * Returns the snapshot with the lags that were counted in records.
	 */
	GroupSnapshot withLags(Map<TopicPartition, RecordCount> lags) {
		return new GroupSnapshot(this.at, this.group, this.state, this.protocol, this.assignor, this.groupEpoch,
				this.assignmentEpoch, this.members, this.partitions.stream().map((partition) -> {
					RecordCount lag = lags.get(partition.topicPartition());
					return (lag != null) ? partition.withLag(lag) : partition;
				}).toList(), this.protocolType, this.hidden);
	}

	/**
	 * A member of the group.
	 *
	 * @param name its client.id, with the end of its id where another member has the same
	 * @param clientId its client.id: in the lab the instance's name
	 * @param memberId the id that the coordinator knows it by
	 * @param groupInstanceId its group.instance.id, where it is a static member
	 * @param host where it connects from
	 * @param epoch its member epoch; unknown under {@code Classic}
	 * @param assigned its partitions now, as {@code topic-partition}
	 * @param target its target assignment, KIP-848 only
	 * @param opaque whether it is not a consumer: then nothing is known of what it does,
	 * and {@code assigned} is empty
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Member(String name, String clientId, String memberId, @Nullable String groupInstanceId, String host,
			@Nullable Integer epoch, List<String> assigned, @Nullable List<String> target, @JsonIgnore boolean opaque) {

		/**
		 * The epoch of a static member that has left and may rejoin (KIP-848).
		 */
		private static final int LEFT_FOR_A_WHILE = -2;

		/**
		 * Creates a member that is a consumer.
		 */
		public Member(String name, String clientId, String memberId, @Nullable String groupInstanceId, String host,
				@Nullable Integer epoch, List<String> assigned, @Nullable List<String> target) {
			this(name, clientId, memberId, groupInstanceId, host, epoch, assigned, target, false);
		}

		/**
		 * Creates a dynamic member.
		 */
		public Member(String name, String clientId, String memberId, String host, @Nullable Integer epoch,
				List<String> assigned, @Nullable List<String> target) {
			this(name, clientId, memberId, null, host, epoch, assigned, target);
		}

		/**
		 * Whether it is a consumer that has no partition, and none is on its way.
		 */
		@JsonProperty
		public boolean idle() {
			return !this.opaque && this.assigned.isEmpty() && (this.target == null || this.target.isEmpty());
		}

		/**
		 * Whether it has left and is still a member, as static members are until their
		 * session ends. Always false under {@code Classic}, which does not tell.
		 */
		public boolean away() {
			return this.epoch != null && this.epoch == LEFT_FOR_A_WHILE;
		}

		Member named(String name) {
			return new Member(name, this.clientId, this.memberId, this.groupInstanceId, this.host, this.epoch,
					this.assigned, this.target, this.opaque);
		}

		Member withoutKnownAssignment() {
			return new Member(this.name, this.clientId, this.memberId, this.groupInstanceId, this.host, this.epoch,
					List.of(), null, true);
		}

	}

	/**
	 * A partition of a topic that the group reads.
	 *
	 * @param leader the id of the broker that leads it, none while it has no leader
	 * @param committed the group's committed offset, none while it never committed; of a
	 * share group the start offset: every record before it is settled, from it on some
	 * may be in flight
	 * @param logStart the offset of the oldest record that is still there, null where it
	 * is not known
	 * @param end the offset that the next record will get, null where it is not known
	 * @param lastStable where the first open transaction begins, null where none is open:
	 * a member with {@code isolation.level=read_committed} gets no record from here on
	 * @param lag records that the group has yet to handle and that are still there, never
	 * negative; null where it is not known: the group never committed, the committed
	 * offset is beyond the end, or the end is not known
	 * @param owner the name of the member that has it now; never one in a share group
	 * @param readers the names of all members that read it now, share groups only
	 * @param inTransactions how many of the lag's records a member with
	 * {@code isolation.level=read_committed} would not get now, because they are in
	 * aborted transactions or after the start of an open one; null where they were not
	 * counted, and where there are none
	 * @param readCommitted whether the group is known to read with
	 * {@code isolation.level=read_committed}: then {@code lag} ends at the last stable
	 * offset; else it ends at the end of the log, as Kafka's default isolation level is
	 * {@code read_uncommitted}, and the cluster does not tell which one members have
	 * @param replicas null where the partition has one
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Partition(String topic, int partition, @Nullable Integer leader, @Nullable Long committed,
			@Nullable Long logStart, @Nullable Long end, @Nullable Long lastStable, @Nullable Long lag,
			@Nullable String owner, @Nullable List<String> readers, @Nullable Long inTransactions,
			@JsonIgnore boolean readCommitted, @Nullable Replicas replicas) {

		/**
		 * Creates a partition of a group that is not known to read committed.
		 */
		public Partition(String topic, int partition, @Nullable Integer leader, @Nullable Long committed,
				@Nullable Long logStart, @Nullable Long end, @Nullable Long lastStable, @Nullable Long lag,
				@Nullable String owner, @Nullable List<String> readers) {
			this(topic, partition, leader, committed, logStart, end, lastStable, lag, owner, readers, null, false,
					null);
		}

		/**
		 * Creates a partition of a group in which partitions have owners.
		 */
		Partition(String topic, int partition, @Nullable Integer leader, @Nullable Long committed, LogOffsets log,
				@Nullable String owner, boolean readCommitted) {
			this(topic, partition, leader, committed, log.start(), log.end(), log.openFrom(),
					(committed != null) ? log.after(committed, readCommitted) : null, owner, null, null, readCommitted,
					null);
		}

		/**
		 * Creates a partition of a group in which partitions have owners, and of whose
		 * log nothing has been deleted.
		 */
		public Partition(String topic, int partition, @Nullable Integer leader, @Nullable Long committed, long end,
				@Nullable String owner) {
			this(topic, partition, leader, committed, new LogOffsets(0L, end), owner, false);
		}

		/**
		 * The lag as Kafka's own commands print it, which is the distance from the
		 * committed offset to the end, negative too; null where it is the same as
		 * {@link #lag}.
		 */
		@JsonProperty
		public @Nullable Long kafkaLag() {
			if (this.readers != null || this.committed == null || this.end == null) {
				return null;
			}
			long distance = this.end - this.committed;
			return (this.lag == null || this.lag != distance) ? Long.valueOf(distance) : null;
		}

		/**
		 * Whether the lag is not known although there may be records to read.
		 */
		public boolean lagIsUnknown() {
			return this.lag == null && (this.end == null || beyondEnd() || neverCommitted() > 0);
		}

		/**
		 * The lag, 0 where it is not known.
		 */
		public long knownLag() {
			return (this.lag != null) ? this.lag : 0;
		}

		/**
		 * Whether the group has read records of an open transaction.
		 */
		boolean readsUncommitted() {
			return this.lastStable != null && this.committed != null && this.committed > this.lastStable;
		}

		/**
		 * How many offsets there are from the first open transaction on; 0 where none is
		 * open, and where the group reads uncommitted records.
		 */
		public long inOpenTransaction() {
			return (this.end != null && this.lastStable != null && !readsUncommitted()) ? this.end - this.lastStable
					: 0;
		}

		/**
		 * How many offsets Kafka counts as lag although they are no records to handle:
		 * the markers of transactions, records that compaction has removed and, if the
		 * group reads committed, aborted records; 0 where that is not known.
		 */
		long notRecords() {
			Long kafka = kafkaLag();
			return (kafka != null && this.lag != null)
					? Math.max(0, kafka - this.lag - deletedUnread() - (this.readCommitted ? inOpenTransaction() : 0))
					: 0;
		}

		/**
		 * {@link #inTransactions}, 0 where it is null.
		 */
		public long knownInTransactions() {
			return (this.inTransactions != null) ? this.inTransactions : 0;
		}

		/**
		 * The offset at which the lag ends, null where it is not known.
		 */
		@Nullable Long lagEnd() {
			return (this.readCommitted && this.lastStable != null) ? this.lastStable : this.end;
		}

		/**
		 * Whether nothing was committed by the group and nothing was written since an
		 * earlier snapshot.
		 */
		boolean restsSince(GroupSnapshot before) {
			return before.partitions.stream()
				.anyMatch((earlier) -> earlier.topic.equals(this.topic) && earlier.partition == this.partition
						&& Objects.equals(earlier.committed, this.committed) && Objects.equals(earlier.end, this.end)
						&& Objects.equals(earlier.lastStable, this.lastStable));
		}

		/**
		 * Whether the committed offset is beyond the end of the log.
		 */
		boolean beyondEnd() {
			return this.committed != null && this.end != null && this.committed > this.end;
		}

		/**
		 * How many records have been deleted after the committed offset, 0 where that is
		 * not known.
		 */
		public long deletedUnread() {
			return (this.committed != null && this.logStart != null) ? Math.max(0, this.logStart - this.committed) : 0;
		}

		/**
		 * The offset of the oldest record that is still there and that the group has yet
		 * to handle; null where there is none, or it is not known.
		 */
		@Nullable Long firstUnread() {
			return (this.committed != null && knownLag() > 0)
					? Long.valueOf(Math.max(this.committed, (this.logStart != null) ? this.logStart : 0)) : null;
		}

		/**
		 * How many records the log has if the group has never committed here, so that
		 * {@code auto.offset.reset} decides whether it reads them; else 0. Always 0 in a
		 * share group, which begins where {@code share.auto.offset.reset} says, by
		 * default at the end.
		 */
		long neverCommitted() {
			return (this.committed == null && this.readers == null && this.end != null && this.logStart != null)
					? Math.max(0, this.end - this.logStart) : 0;
		}

		/**
		 * The names of the members that it is assigned to: its owner, or all its readers
		 * in a share group.
		 */
		public List<String> readBy() {
			if (this.readers != null) {
				return this.readers;
			}
			return (this.owner != null) ? List.of(this.owner) : List.of();
		}

		public String name() {
			return this.topic + "-" + this.partition;
		}

		public TopicPartition topicPartition() {
			return new TopicPartition(this.topic, this.partition);
		}

		Partition withLag(RecordCount count) {
			return new Partition(this.topic, this.partition, this.leader, this.committed, this.logStart, this.end,
					this.lastStable, count.records(), this.owner, this.readers, count.inTransactions(),
					this.readCommitted, this.replicas);
		}

		Partition renamed(Map<String, String> names) {
			return new Partition(this.topic, this.partition, this.leader, this.committed, this.logStart, this.end,
					this.lastStable, this.lag, (this.owner != null) ? names.getOrDefault(this.owner, this.owner) : null,
					(this.readers != null)
							? this.readers.stream().map((name) -> names.getOrDefault(name, name)).toList() : null,
					this.inTransactions, this.readCommitted, this.replicas);
		}

		/**
		 * The replicas, none where they are not known.
		 */
		public Replicas knownReplicas() {
			return (this.replicas != null) ? this.replicas : Replicas.NONE;
		}

		public Partition withReplicas(@Nullable Replicas replicas) {
			return new Partition(this.topic, this.partition, this.leader, this.committed, this.logStart, this.end,
					this.lastStable, this.lag, this.owner, this.readers, this.inTransactions, this.readCommitted,
					replicas);
		}

	}

}
