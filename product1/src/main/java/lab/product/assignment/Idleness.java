package lab.product.assignment;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import lab.product.ProductProperties;
import lab.product.membership.BrokerWatch;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Logs that this instance owns no partition, and why: Kafka does not tell a member that
 * the group has more members than partitions. Not used with share groups.
 */
@Slf4j
@Component
@Profile("!share")
@RequiredArgsConstructor
class Idleness {

	private final ProductProperties names;

	private final Assignment assignment;

	private final BrokerWatch broker;

	private final Admin admin;

	private @Nullable String suspected;

	private volatile @Nullable String reason;

	/**
	 * Returns why this instance owns no partition; empty while it owns one, or the reason
	 * was not seen twice yet.
	 */
	Optional<String> reason() {
		return this.assignment.now().owned().isEmpty() ? Optional.ofNullable(this.reason) : Optional.empty();
	}

	/**
	 * Reports a reason when it is seen twice in a row: while the group rebalances, a
	 * single answer of the coordinator can be out of date.
	 */
	@Scheduled(fixedDelayString = "500ms")
	void look() {
		String seen = null;
		if (!this.assignment.now().owned().isEmpty()) {
			this.reason = null;
		}
		else if (this.broker.isReachable()) {
			seen = why();
			if (seen != null && seen.equals(this.suspected) && !seen.equals(this.reason)) {
				this.reason = seen;
				log.warn("{} is IDLE: it owns no partition, because {}.", this.names.instance(), seen);
			}
		}
		this.suspected = seen;
	}

	private @Nullable String why() {
		try {
			ConsumerGroupDescription group = this.admin.describeConsumerGroups(List.of(this.names.group()))
				.all()
				.get()
				.get(this.names.group());
			return (group != null && isSettled(group)) ? why(group) : null;
		}
		catch (ExecutionException ex) {
			log.debug("Group {} cannot be described", this.names.group(), ex);
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	/**
	 * Whether this instance is a member, owns no partition and will not be given one.
	 */
	private boolean isSettled(ConsumerGroupDescription group) {
		return group.groupState() == GroupState.STABLE
				&& group.members().stream().anyMatch((member) -> member.clientId().equals(this.names.instance()))
				&& group.members()
					.stream()
					.filter((member) -> member.clientId().equals(this.names.instance()))
					.allMatch((member) -> isEmpty(member.assignment())
							&& member.targetAssignment().map(Idleness::isEmpty).orElse(true));
	}

	private String why(ConsumerGroupDescription group) throws InterruptedException, ExecutionException {
		int members = group.members().size();
		int partitions = partitions();
		long owned = group.members().stream().mapToLong(this::ownedBy).sum();
		if (partitions == 0) {
			return "topic %s does not exist yet".formatted(this.names.topic());
		}
		if (owned < partitions) {
			return "group %s has not noticed yet that %s has %s now".formatted(this.names.group(), this.names.topic(),
					count(partitions, "partition"));
		}
		return "group %s has %s and %s %s (a partition is read by one member of a group)".formatted(this.names.group(),
				count(members, "member"), this.names.topic(), count(partitions, "partition"));
	}

	private int partitions() throws InterruptedException, ExecutionException {
		try {
			return this.admin.describeTopics(List.of(this.names.topic()))
				.allTopicNames()
				.get()
				.values()
				.stream()
				.mapToInt((topic) -> topic.partitions().size())
				.sum();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof UnknownTopicOrPartitionException) {
				return 0;
			}
			throw ex;
		}
	}

	private long ownedBy(MemberDescription member) {
		return member.assignment()
			.topicPartitions()
			.stream()
			.filter((partition) -> partition.topic().equals(this.names.topic()))
			.count();
	}

	private static boolean isEmpty(MemberAssignment assignment) {
		return assignment.topicPartitions().isEmpty();
	}

	private static String count(int number, String noun) {
		return number + " " + noun + ((number == 1) ? "" : "s");
	}

}
