package lab.product.assignment;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

import lab.product.ProductProperties;
import lab.product.assignment.Assignment.Snapshot;
import lab.product.membership.BrokerWatch;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Reports that the group has taken partitions from this instance before the instance
 * knows: Kafka calls the listener for lost partitions in the next poll, and until then
 * the instance handles the records of the last one.
 */
@Slf4j
@Component
@Profile("!share")
@RequiredArgsConstructor
class Eviction {

	/** With these, no member has partitions that it is still to be told of. */
	private static final Set<GroupState> SETTLED = Set.of(GroupState.STABLE, GroupState.EMPTY);

	private final ProductProperties names;

	private final Assignment assignment;

	private final BrokerWatch broker;

	private final Admin admin;

	private Suspicion last = Suspicion.NONE;

	/**
	 * What the group seems to have taken of an assignment.
	 */
	private record Suspicion(Snapshot assignment, List<TopicPartition> taken) {

		private static final Suspicion NONE = new Suspicion(Snapshot.NONE, List.of());

	}

	/**
	 * Reports what is seen twice in a row of one assignment: the group's answer can be
	 * older than the assignment.
	 */
	@Scheduled(fixedDelayString = "500ms")
	void look() {
		Suspicion suspicion = suspicion(this.assignment.now());
		List<TopicPartition> taken = suspicion.equals(this.last) ? suspicion.taken() : List.of();
		String note = taken.isEmpty() ? null
				: "the group has taken %s away; %s learns of it after the records that it has polled".formatted(
						String.join(", ", taken.stream().map(TopicPartition::toString).toList()),
						this.names.instance());
		if (note != null && this.assignment.note() == null) {
			log.warn("{} has not polled for too long: {}.", this.names.instance(), note);
		}
		this.assignment.note(note);
		this.last = suspicion;
	}

	/**
	 * Suspects nothing of an assignment that changes while the group is asked: the
	 * instance has polled meanwhile, and its listener has reported the change.
	 */
	private Suspicion suspicion(Snapshot assignment) {
		if (assignment.owned().isEmpty() || !this.broker.isReachable()) {
			return Suspicion.NONE;
		}
		List<TopicPartition> taken = takenOf(assignment.owned());
		return assignment.equals(this.assignment.now()) ? new Suspicion(assignment, taken) : Suspicion.NONE;
	}

	private List<TopicPartition> takenOf(List<TopicPartition> owned) {
		try {
			ConsumerGroupDescription group = this.admin.describeConsumerGroups(List.of(this.names.group()))
				.all()
				.get()
				.get(this.names.group());
			return (group != null && SETTLED.contains(group.groupState()))
					? owned.stream().filter((partition) -> isTaken(partition, group)).toList() : List.of();
		}
		catch (ExecutionException ex) {
			log.debug("Group {} cannot be described", this.names.group(), ex);
			return List.of();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return List.of();
		}
	}

	/**
	 * Whether another member has the partition, or this instance is no member. A member
	 * of a classic group that has yet to hear that it is to give up a partition was not
	 * removed.
	 */
	private boolean isTaken(TopicPartition partition, ConsumerGroupDescription group) {
		Predicate<MemberDescription> ours = (member) -> member.clientId().equals(this.names.instance());
		return group.members().stream().noneMatch(ours) || group.members()
			.stream()
			.filter(ours.negate())
			.anyMatch((member) -> member.assignment().topicPartitions().contains(partition));
	}

}
