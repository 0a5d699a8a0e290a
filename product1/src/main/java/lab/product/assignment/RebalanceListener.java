package lab.product.assignment;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import lab.product.Events;
import lab.product.ProductProperties;
import lab.product.RebalanceEvent.PartitionsAssigned;
import lab.product.RebalanceEvent.PartitionsLost;
import lab.product.RebalanceEvent.PartitionsRevoked;
import lab.product.RebalanceEvent;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.stereotype.Component;

import static lab.product.assignment.Partitions.listed;
import static lab.product.assignment.Partitions.names;
import static lab.product.assignment.Partitions.sorted;

/**
 * What this instance owns. Kafka tells what changes and not what there is (under the
 * cooperative and the KIP-848 protocol), so the whole is kept here.
 */
@Slf4j
@Component
@Profile("!share")
@RequiredArgsConstructor
class RebalanceListener implements Assignment, ConsumerAwareRebalanceListener {

	private final ProductProperties properties;

	private final ConsumerFactory<?, ?> consumers;

	private final Events events;

	/** Written by the consumer's thread alone, read by any. */
	private volatile Snapshot now = Snapshot.NONE;

	@Override
	public Snapshot now() {
		return this.now;
	}

	@Override
	public String protocol() {
		return Objects.toString(this.consumers.getConfigurationProperties().get("group.protocol"), "classic");
	}

	@Override
	public @Nullable String note() {
		return null;
	}

	/**
	 * Also called with nothing, once a change is complete; only the first of these says
	 * something: that there was nothing left for the one who joined.
	 */
	@Override
	public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		if (!partitions.isEmpty() || this.now.recent().isEmpty()) {
			List<TopicPartition> owned = sorted(
					Stream.concat(this.now.owned().stream(), partitions.stream()).distinct());
			changed(consumer, partitions, owned, partitions.isEmpty() ? "joined and was given" : "was given",
					PartitionsAssigned::new);
		}
	}

	@Override
	public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		gone(consumer, partitions, "gave up", PartitionsRevoked::new);
	}

	@Override
	public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		gone(consumer, partitions, "was taken out of the group and lost", PartitionsLost::new);
	}

	/**
	 * A rebalance among the others moves the epoch on without any callback.
	 */
	@EventListener
	void on(ListenerContainerIdleEvent event) {
		int epoch = epoch(event.getConsumer());
		if (epoch != this.now.epoch()) {
			this.now = this.now.at(epoch);
		}
	}

	/**
	 * Spring reports what was lost as revoked too; by then it is owned no more.
	 */
	private void gone(Consumer<?, ?> consumer, Collection<TopicPartition> partitions, String how, Kind kind) {
		List<TopicPartition> gone = partitions.stream().filter(this.now.owned()::contains).toList();
		if (!gone.isEmpty()) {
			changed(consumer, gone, sorted(this.now.owned().stream().filter(Predicate.not(gone::contains))), how, kind);
		}
	}

	private void changed(Consumer<?, ?> consumer, Collection<TopicPartition> partitions, List<TopicPartition> owned,
			String how, Kind kind) {
		int epoch = epoch(consumer);
		RebalanceEvent event = kind.event(this.properties.instance(), names(sorted(partitions.stream())), names(owned),
				epoch, Instant.now());
		this.now = this.now.after(event, owned);
		log.info("{} {} {}; owns {} ({} {}).", event.instance(), how, listed(event.partitions()), listed(event.owned()),
				protocol().equals("consumer") ? "epoch" : "generation", epoch);
		this.events.publish(event);
	}

	private static int epoch(Consumer<?, ?> consumer) {
		return consumer.groupMetadata().generationId();
	}

	private interface Kind {

		RebalanceEvent event(String instance, List<String> partitions, List<String> owned, int epoch, Instant at);

	}

}
