package lab.console.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;

import lab.console.group.DescribedGroup.GroupOffset;
import lab.console.terminal.LabException;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ClassicGroupState;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Describes groups. Kafka has a request of its own for each type of group, and the type
 * of a group is not known before one of them succeeds.
 */
@RequiredArgsConstructor
final class GroupDescriptions {

	/**
	 * The group is of another type, or does not exist, or the cluster is too old to have
	 * groups of that type.
	 */
	private static final Set<Class<? extends Exception>> NONE = Set.of(GroupIdNotFoundException.class,
			UnsupportedVersionException.class);

	/**
	 * How many groups are described at the same time: a cluster may have thousands, and
	 * has other work.
	 */
	private static final int AT_ONCE = 8;

	private final Admin admin;

	private final AdminAnswers answers;

	/** The types of the groups that were described last, by group. */
	private final Map<String, GroupType> types = new ConcurrentHashMap<>();

	/**
	 * Begins with the type that the group had before: a group has one type at a time.
	 */
	DescribedGroup describe(String group) {
		Optional<DescribedGroup> described = switch (this.types.getOrDefault(group, GroupType.UNKNOWN)) {
			case SHARE -> share(group).or(() -> consumers(group)).or(() -> streams(group));
			case STREAMS -> streams(group).or(() -> consumers(group)).or(() -> share(group));
			default -> consumers(group).or(() -> share(group)).or(() -> streams(group));
		};
		described.map(DescribedGroup::type)
			.ifPresentOrElse((type) -> this.types.put(group, type), () -> this.types.remove(group));
		return described.orElse(DescribedGroup.UNKNOWN);
	}

	/**
	 * Describes all groups that the cluster lists, several at once, by name. One that is
	 * deleted meanwhile is left out.
	 */
	SortedMap<String, DescribedGroup> describeAll() {
		SortedMap<String, DescribedGroup> described = new ConcurrentSkipListMap<>();
		ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
		try {
			List<Future<?>> all = new ArrayList<>();
			for (GroupListing listed : this.answers.await(this.admin.listGroups().all())) {
				listed.type().ifPresent((type) -> this.types.put(listed.groupId(), type));
				all.add(threads.submit(() -> {
					DescribedGroup group = describe(listed.groupId());
					if (group.state() != GroupState.DEAD) {
						described.put(listed.groupId(), group);
					}
				}));
			}
			for (Future<?> one : all) {
				one.get();
			}
			return described;
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof LabException refused) ? refused : new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			throw this.answers.interrupted(ex);
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * A group of consumers under the classic or the consumer protocol, or a classic group
	 * of other members, which Kafka does not describe as one of consumers.
	 */
	private Optional<DescribedGroup> consumers(String group) {
		try {
			return unlessHidden(group, GroupType.CONSUMER, this.admin.describeConsumerGroups(Set.of(group)).all(),
					(described) -> DescribedGroup.of(described, committed(group)),
					() -> DescribedGroup.committed(committed(group)));
		}
		catch (LabException ex) {
			if (ex.getCause() instanceof IllegalArgumentException) {
				return others(group);
			}
			throw ex;
		}
	}

	private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
		return this.answers.await(this.admin.listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec()))
			.partitionsToOffsetAndMetadata(group));
	}

	private Optional<DescribedGroup> share(String group) {
		return unlessHidden(group, GroupType.SHARE, this.admin.describeShareGroups(Set.of(group)).all(),
				(described) -> DescribedGroup.of(described, settled(group)),
				() -> DescribedGroup.settled(settled(group)));
	}

	private Map<TopicPartition, SharePartitionOffsetInfo> settled(String group) {
		return this.answers.await(this.admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
			.partitionsToOffsetInfo(group));
	}

	private Optional<DescribedGroup> streams(String group) {
		return unlessHidden(group, GroupType.STREAMS, this.admin.describeStreamsGroups(Set.of(group)).all(),
				(described) -> DescribedGroup.of(described, committedByStreams(group)),
				() -> DescribedGroup.committed(committedByStreams(group)));
	}

	private Map<TopicPartition, OffsetAndMetadata> committedByStreams(String group) {
		return this.answers.await(this.admin.listStreamsGroupOffsets(Map.of(group, new ListStreamsGroupOffsetsSpec()))
			.partitionsToOffsetAndMetadata(group));
	}

	/**
	 * The group if it is of that type. Where one member reads a topic that this client
	 * may not see, Kafka tells nothing of any member; offsets of the other topics are
	 * told.
	 * @param <T> what Kafka tells of a group of that type
	 * @param progress asked for only where the members may not be seen
	 */
	private <T> Optional<DescribedGroup> unlessHidden(String group, GroupType type,
			KafkaFuture<Map<String, T>> description, Function<T, DescribedGroup> described,
			Supplier<Map<TopicPartition, GroupOffset>> progress) {
		try {
			return this.answers.awaitUnless(NONE, description)
				.map((groups) -> described.apply(Objects.requireNonNull(groups.get(group))));
		}
		catch (LabException ex) {
			if (ex.getCause() instanceof TopicAuthorizationException) {
				return Optional.of(DescribedGroup.hidden(state(group), type, progress.get()));
			}
			throw ex;
		}
	}

	private GroupState state(String group) {
		return this.answers.await(this.admin.listGroups().all())
			.stream()
			.filter((listed) -> listed.groupId().equals(group))
			.findFirst()
			.flatMap((listed) -> listed.groupState())
			.orElse(GroupState.UNKNOWN);
	}

	/**
	 * A classic group whose members are no consumers, such as the workers of Kafka
	 * Connect.
	 */
	private Optional<DescribedGroup> others(String group) {
		return this.answers.awaitUnless(NONE, this.admin.describeClassicGroups(Set.of(group)).all())
			.map((groups) -> Objects.requireNonNull(groups.get(group)))
			.filter((described) -> described.state() != ClassicGroupState.DEAD)
			.map(DescribedGroup::of);
	}

}
