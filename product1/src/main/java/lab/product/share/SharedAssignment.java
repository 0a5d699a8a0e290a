package lab.product.share;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

import lab.product.Orders;
import lab.product.ProductProperties;
import lab.product.assignment.Assignment;
import lab.product.assignment.Assignment.Snapshot;
import lab.product.membership.BrokerWatch;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ShareMemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps the {@link Assignment} of a member of a share group. A ShareConsumer cannot
 * report its partitions, so this asks the group's coordinator.
 */
@Slf4j
@Component
@Profile("share")
class SharedAssignment {

	private final ProductProperties names;

	private final BrokerWatch broker;

	private final Admin admin;

	private final KafkaListenerEndpointRegistry listeners;

	private final Assignment assignment;

	/** Other members that read any of the same partitions. */
	private int others;

	SharedAssignment(ProductProperties names, BrokerWatch broker, Admin admin, KafkaListenerEndpointRegistry listeners,
			Assignment assignment) {
		this.names = names;
		this.broker = broker;
		this.admin = admin;
		this.listeners = listeners;
		this.assignment = assignment;
		shareWith(0);
	}

	@Scheduled(fixedDelayString = "500ms")
	void look() {
		if (isMember() && this.broker.isReachable()) {
			try {
				see(this.admin.describeShareGroups(List.of(this.names.group()))
					.all()
					.get()
					.values()
					.stream()
					.flatMap((group) -> group.members().stream())
					.toList());
			}
			catch (ExecutionException ex) {
				if (ex.getCause() instanceof GroupIdNotFoundException) {
					see(List.of());
				}
				else {
					log.debug("Share group {} cannot be described", this.names.group(), ex);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * The consumer is closed and has left the group.
	 */
	@EventListener
	synchronized void on(ConsumerStoppedEvent event) {
		shareWith(0);
		Snapshot now = this.assignment.now();
		if (this.assignment.revoked(now.owned(), now.epoch()).isPresent()) {
			say();
		}
	}

	private boolean isMember() {
		MessageListenerContainer orders = this.listeners.getListenerContainer(Orders.LISTENER);
		return orders != null && orders.isRunning();
	}

	private synchronized void see(Collection<ShareMemberDescription> members) {
		// a killed member of the same name is listed until its session ends
		Optional<ShareMemberDescription> own = members.stream()
			.filter((member) -> member.clientId().equals(this.names.instance()))
			.max(Comparator.comparing(ShareMemberDescription::memberEpoch));
		Snapshot now = this.assignment.now();
		if (!isMember() || (own.isEmpty() && now.epoch() == -1)) {
			return;
		}
		Collection<TopicPartition> partitions = own.map((member) -> member.assignment().topicPartitions())
			.orElseGet(Collections::emptySet);
		int others = (int) members.stream()
			.filter((member) -> !member.clientId().equals(this.names.instance()))
			.filter((member) -> !Collections.disjoint(member.assignment().topicPartitions(), partitions))
			.count();
		boolean othersChanged = others != this.others;
		shareWith(others);
		int epoch = own.map(ShareMemberDescription::memberEpoch).orElse(now.epoch());
		if (!become(partitions, epoch)) {
			this.assignment.atEpoch(epoch);
			if (othersChanged) {
				say();
			}
		}
	}

	private void shareWith(int others) {
		this.others = others;
		this.assignment.note("nobody owns a partition of a share group: these are the ones that this member reads, %s"
			.formatted(alongside()));
	}

	/**
	 * @return whether the assignment changed
	 */
	private boolean become(Collection<TopicPartition> partitions, int epoch) {
		List<TopicPartition> before = this.assignment.now().owned();
		boolean revoked = this.assignment
			.revoked(before.stream().filter(Predicate.not(partitions::contains)).toList(), epoch)
			.isPresent();
		boolean assigned = this.assignment
			.assigned(partitions.stream().filter(Predicate.not(before::contains)).toList(), epoch)
			.isPresent();
		if (revoked || assigned) {
			say();
		}
		return revoked || assigned;
	}

	private void say() {
		Snapshot now = this.assignment.now();
		String partitions = String.join(", ", now.owned().stream().map(TopicPartition::toString).toList());
		log.info("{} reads {} (share group: nobody owns a partition; epoch {}).", this.names.instance(),
				partitions.isEmpty() ? "nothing" : partitions + ", " + alongside(), now.epoch());
	}

	private String alongside() {
		return switch (this.others) {
			case 0 -> "as does nobody else";
			case 1 -> "as does 1 other";
			default -> "as do %d others".formatted(this.others);
		};
	}

}
