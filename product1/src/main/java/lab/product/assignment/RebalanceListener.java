package lab.product.assignment;

import java.util.Collection;
import java.util.List;

import lab.product.RebalanceEvent;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the {@link Assignment} of a member of a consumer group. Under the cooperative and
 * the KIP-848 protocol Kafka's callbacks name only what changes.
 */
@Slf4j
@Component
@Profile("!share")
@RequiredArgsConstructor
class RebalanceListener implements ConsumerAwareRebalanceListener {

	private final Assignment assignment;

	@Override
	public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.assignment.assigned(partitions, epoch(consumer))
			.ifPresent((event) -> say(partitions.isEmpty() ? "joined and was given" : "was given", event));
	}

	@Override
	public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.assignment.revoked(partitions, epoch(consumer)).ifPresent((event) -> say("gave up", event));
	}

	/**
	 * Spring reports lost partitions as revoked afterwards; by then they are not owned.
	 */
	@Override
	public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.assignment.lost(partitions, epoch(consumer))
			.ifPresent((event) -> say("was removed from the group and lost", event));
	}

	/**
	 * Follows the epoch: a rebalance among other members changes it without a callback.
	 */
	@EventListener
	void on(ListenerContainerIdleEvent event) {
		this.assignment.atEpoch(epoch(event.getConsumer()));
	}

	private void say(String what, RebalanceEvent event) {
		log.info("{} {} {}; owns {} ({} {}).", event.instance(), what, listed(event.partitions()),
				listed(event.owned()), this.assignment.protocol().equals("consumer") ? "epoch" : "generation",
				event.epoch());
	}

	private static String listed(List<String> partitions) {
		return partitions.isEmpty() ? "nothing" : String.join(", ", partitions);
	}

	private static int epoch(Consumer<?, ?> consumer) {
		return consumer.groupMetadata().generationId();
	}

}
