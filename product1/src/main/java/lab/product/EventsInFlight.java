package lab.product;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import lombok.RequiredArgsConstructor;
import lombok.experimental.Delegate;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.context.annotation.Profile;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets the events of all orders of a poll be on their way to the broker at once. The
 * consumer waits for them before it commits.
 * <p>
 * If the broker does not acknowledge one, the consumer commits the offset of its order,
 * and reads on from there: this order and those behind it in its partition are handled
 * again, the first ones each on its own. So a failure that comes again is that of one
 * record, and retried or put aside like any other.
 * <p>
 * Used by the listener's thread only. Not in a transaction, whose commit waits for its
 * events anyway, nor in a share group, which accepts each record.
 */
@Slf4j
@Component
@Profile("!exactly-once & !share")
class EventsInFlight implements DefaultKafkaConsumerFactoryCustomizer {

	private final List<InFlight> events = new ArrayList<>();

	/**
	 * From which offset on the orders of a partition are handled again, until a poll
	 * returns them.
	 */
	private final Map<TopicPartition, Long> again = new HashMap<>();

	/** The partitions whose next event is waited for at once. */
	private final Set<TopicPartition> oneByOne = new HashSet<>();

	/**
	 * Adds the event of the order in hand.
	 * @throws ExecutionException if this order is handled on its own and its event was
	 * not acknowledged
	 */
	void add(ConsumerRecord<?, ?> order, CompletableFuture<?> event) throws ExecutionException, InterruptedException {
		TopicPartition partition = new TopicPartition(order.topic(), order.partition());
		if (this.oneByOne.contains(partition)) {
			event.get();
			this.oneByOne.remove(partition);
			return;
		}
		this.events.add(new InFlight(partition, order.offset(), event));
	}

	@Override
	public void customize(DefaultKafkaConsumerFactory<?, ?> factory) {
		addTo(factory);
	}

	private <K, V> void addTo(DefaultKafkaConsumerFactory<K, V> factory) {
		factory.addPostProcessor(CommitAfterEvents::new);
	}

	private void await(Consumer<?, ?> consumer) {
		for (InFlight one : this.events) {
			try {
				one.event.get();
			}
			catch (ExecutionException ex) {
				readAgain(one, consumer, ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				readAgain(one, consumer, ex);
			}
		}
		this.events.clear();
	}

	private void readAgain(InFlight failed, Consumer<?, ?> consumer, Exception cause) {
		if (this.again.putIfAbsent(failed.partition, failed.offset) != null) {
			return;
		}
		log.warn("Partition {}, offset {} is not handled yet ({}); trying again.", failed.partition.partition(),
				failed.offset, Text.rootOf(cause));
		if (consumer.assignment().contains(failed.partition)) {
			consumer.seek(failed.partition, failed.offset);
		}
	}

	/**
	 * The offset, or that of the first order in its partition to handle again, if that is
	 * lower.
	 */
	private long upTo(TopicPartition partition, long offset) {
		return Math.min(offset, this.again.getOrDefault(partition, offset));
	}

	/**
	 * An event that may not be acknowledged yet.
	 *
	 * @param partition that of its order
	 * @param offset that of its order
	 */
	private record InFlight(TopicPartition partition, long offset, CompletableFuture<?> event) {
	}

	/**
	 * Commits what was handled. A seek does not skip an order to handle again: the
	 * container commits, then seeks to a record that failed behind it.
	 */
	@RequiredArgsConstructor
	private final class CommitAfterEvents<K, V> implements Consumer<K, V> {

		@Delegate(excludes = Changed.class)
		private final Consumer<K, V> consumer;

		@Override
		public ConsumerRecords<K, V> poll(Duration timeout) {
			ConsumerRecords<K, V> records = this.consumer.poll(timeout);
			for (TopicPartition partition : records.partitions()) {
				if (EventsInFlight.this.again.remove(partition) != null) {
					EventsInFlight.this.oneByOne.add(partition);
				}
			}
			return records;
		}

		@Override
		public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
			await(this.consumer);
			Map<TopicPartition, OffsetAndMetadata> handled = new HashMap<>(offsets);
			handled.replaceAll((partition, offset) -> new OffsetAndMetadata(upTo(partition, offset.offset()),
					offset.leaderEpoch(), offset.metadata()));
			this.consumer.commitSync(handled, timeout);
		}

		@Override
		public void seek(TopicPartition partition, long offset) {
			this.consumer.seek(partition, upTo(partition, offset));
		}

	}

	/**
	 * The methods of a Consumer by which the container reads, commits and goes back.
	 */
	private interface Changed {

		ConsumerRecords<?, ?> poll(Duration timeout);

		void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout);

		void seek(TopicPartition partition, long offset);

	}

}
