package lab.console.group;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import lab.console.terminal.LabException;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ClassicGroupState;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
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
			IllegalArgumentException.class, UnsupportedVersionException.class);

	private final Admin admin;

	private final AdminAnswers answers;

	DescribedGroup describe(String group) {
		return consumers(group).or(() -> share(group))
			.or(() -> streams(group))
			.or(() -> others(group))
			.orElse(DescribedGroup.UNKNOWN);
	}

	/**
	 * A group of consumers under the classic or the consumer protocol.
	 */
	private Optional<DescribedGroup> consumers(String group) {
		try {
			return this.answers.awaitUnless(NONE, this.admin.describeConsumerGroups(Set.of(group)).all())
				.map((groups) -> DescribedGroup.of(Objects.requireNonNull(groups.get(group)), committed(group)));
		}
		catch (LabException ex) {
			if (ex.getCause() instanceof TopicAuthorizationException) {
				return Optional.of(hidden(group));
			}
			throw ex;
		}
	}

	/**
	 * A group of which one member reads a topic that this client may not see: then Kafka
	 * tells nothing of any member (KIP-848).
	 */
	private DescribedGroup hidden(String group) {
		GroupState state = this.answers.await(this.admin.listGroups().all())
			.stream()
			.filter((listed) -> listed.groupId().equals(group))
			.findFirst()
			.flatMap((listed) -> listed.groupState())
			.orElse(GroupState.UNKNOWN);
		return DescribedGroup.hidden(state, GroupType.CONSUMER, committed(group));
	}

	private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
		return this.answers.await(this.admin.listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec()))
			.partitionsToOffsetAndMetadata(group));
	}

	private Optional<DescribedGroup> share(String group) {
		return this.answers.awaitUnless(NONE, this.admin.describeShareGroups(Set.of(group)).all())
			.map((groups) -> DescribedGroup.of(Objects.requireNonNull(groups.get(group)),
					this.answers.await(this.admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
						.partitionsToOffsetInfo(group))));
	}

	private Optional<DescribedGroup> streams(String group) {
		return this.answers.awaitUnless(NONE, this.admin.describeStreamsGroups(Set.of(group)).all())
			.map((groups) -> DescribedGroup.of(Objects.requireNonNull(groups.get(group)),
					this.answers
						.await(this.admin.listStreamsGroupOffsets(Map.of(group, new ListStreamsGroupOffsetsSpec()))
							.partitionsToOffsetAndMetadata(group))));
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
