package lab.product.share;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

import lab.product.Events;
import lab.product.Orders;
import lab.product.ProductProperties;
import lab.product.RebalanceEvent.PartitionsAssigned;
import lab.product.RebalanceEvent.PartitionsRevoked;
import lab.product.RebalanceEvent;
import lab.product.assignment.Assignment;
import lab.product.membership.BrokerWatch;
import lombok.RequiredArgsConstructor;
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

import static lab.product.assignment.Partitions.listed;
import static lab.product.assignment.Partitions.names;
import static lab.product.assignment.Partitions.sorted;

/**
 * What this member of a share group reads. Its consumer is told and does not tell, so the
 * coordinator is asked.
 */
@Slf4j
@Component
@Profile("share")
@RequiredArgsConstructor
class SharedAssignment implements Assignment {

	private final ProductProperties properties;

	private final BrokerWatch broker;

	private final Admin admin;

	private final KafkaListenerEndpointRegistry listeners;

	private final Events events;

	private volatile Snapshot now = Snapshot.NONE;

	/** Members that read any of the same partitions. */
	private volatile int others;

	@Override
	public Snapshot now() {
		return this.now;
	}

	@Override
	public String protocol() {
		return "share";
	}

	@Override
	public String note() {
		return "nobody owns a partition of a share group: these are the ones that this member reads, %s"
			.formatted(alongside());
	}

	@Scheduled(fixedDelayString = "500ms")
	void look() {
		if (isMember() && this.broker.isReachable()) {
			try {
				see(this.admin.describeShareGroups(List.of(this.properties.group()))
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
					log.debug("Share group {} cannot be described", this.properties.group(), ex);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * It has left: its consumer is closed.
	 */
	@EventListener
	synchronized void on(ConsumerStoppedEvent event) {
		this.others = 0;
		become(List.of(), this.now.epoch());
	}

	private boolean isMember() {
		MessageListenerContainer orders = this.listeners.getListenerContainer(Orders.LISTENER);
		return orders != null && orders.isRunning();
	}

	private synchronized void see(Collection<ShareMemberDescription> members) {
		// a member of this name that was killed is there until its session is over
		Optional<ShareMemberDescription> own = members.stream()
			.filter((member) -> member.clientId().equals(this.properties.instance()))
			.max(Comparator.comparing(ShareMemberDescription::memberEpoch));
		if (!isMember() || (own.isEmpty() && this.now.epoch() == -1)) {
			return;
		}
		Collection<TopicPartition> partitions = own.map((member) -> member.assignment().topicPartitions())
			.orElseGet(Collections::emptySet);
		int others = (int) members.stream()
			.filter((member) -> !member.clientId().equals(this.properties.instance()))
			.filter((member) -> !Collections.disjoint(member.assignment().topicPartitions(), partitions))
			.count();
		boolean company = others != this.others;
		this.others = others;
		int epoch = own.map(ShareMemberDescription::memberEpoch).orElse(this.now.epoch());
		if (!become(sorted(partitions.stream()), epoch)) {
			this.now = this.now.at(epoch);
			if (company) {
				say();
			}
		}
	}

	/**
	 * Publishes what has come and what has gone.
	 */
	private boolean become(List<TopicPartition> partitions, int epoch) {
		Snapshot before = this.now;
		List<TopicPartition> gone = before.owned().stream().filter(Predicate.not(partitions::contains)).toList();
		List<TopicPartition> come = partitions.stream().filter(Predicate.not(before.owned()::contains)).toList();
		if (!gone.isEmpty()) {
			List<TopicPartition> left = before.owned().stream().filter(partitions::contains).toList();
			changed(new PartitionsRevoked(this.properties.instance(), names(gone), names(left), epoch, Instant.now()),
					left);
		}
		if (!come.isEmpty() || before.recent().isEmpty()) {
			changed(new PartitionsAssigned(this.properties.instance(), names(come), names(partitions), epoch,
					Instant.now()), partitions);
		}
		boolean changed = this.now != before;
		if (changed) {
			say();
		}
		return changed;
	}

	private void changed(RebalanceEvent event, List<TopicPartition> partitions) {
		this.now = this.now.after(event, partitions);
		this.events.publish(event);
	}

	private void say() {
		log.info("{} reads {} (share group: nobody owns a partition; epoch {}).", this.properties.instance(),
				this.now.owned().isEmpty() ? "nothing" : listed(names(this.now.owned())) + ", " + alongside(),
				this.now.epoch());
	}

	private String alongside() {
		return switch (this.others) {
			case 0 -> "as does nobody else";
			case 1 -> "as does 1 other";
			default -> "as do %d others".formatted(this.others);
		};
	}

}
