package lab.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A bare {@link KafkaConsumer} in the shortest loop that loses no record. The difference
 * to {@link SpringMember} is the cost of Spring.
 */
class PlainMember implements Member {

	/** The same as {@code poll-timeout} in product.yml. */
	private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

	private @Nullable KafkaConsumer<byte[], byte[]> consumer;

	private @Nullable CompletableFuture<Void> loop;

	private volatile boolean leaving;

	@Override
	public void join(MemberSettings settings, Consumer<Instant> joining) {
		Events events = new Events(settings);
		KafkaConsumer<byte[], byte[]> consumer = consumer(settings);
		this.consumer = consumer;
		this.leaving = false;
		joining.accept(Instant.now());
		consumer.subscribe(List.of(settings.get("lab.product.topic")), new OwnedPartitions(events, consumer));
		CompletableFuture<Void> loop = new CompletableFuture<>();
		this.loop = loop;
		new Thread(() -> {
			try (events; consumer) {
				poll(consumer, events);
				loop.complete(null);
			}
			catch (Throwable ex) {
				loop.completeExceptionally(ex);
			}
		}, "member").start();
	}

	private static KafkaConsumer<byte[], byte[]> consumer(MemberSettings settings) {
		var client = settings.client(true);
		client.put("group.id", settings.get("lab.product.group"));
		client.put("client.id", settings.get("spring.application.name"));
		client.put("enable.auto.commit", false);
		client.putIfAbsent("auto.offset.reset", "earliest");
		client.putIfAbsent("max.poll.records", 50);
		return new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
	}

	private void poll(KafkaConsumer<byte[], byte[]> consumer, Events events)
			throws InterruptedException, ExecutionException {
		while (!this.leaving) {
			try {
				ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL_TIMEOUT);
				for (ConsumerRecord<byte[], byte[]> record : records) {
					events.handled(record);
				}
				if (!records.isEmpty()) {
					consumer.commitSync();
				}
			}
			catch (RebalanceInProgressException | CommitFailedException ex) {
				// the next poll takes part in the rebalance; partitions that are still
				// owned are committed with their next records
			}
			catch (WakeupException ex) {
				// leave() sets the flag that ends the loop
			}
		}
	}

	@Override
	public void leave() throws Exception {
		if (this.consumer != null && this.loop != null) {
			this.leaving = true;
			this.consumer.wakeup();
			this.loop.get(30, TimeUnit.SECONDS);
		}
	}

	/**
	 * Keeps the whole assignment, because the callbacks may report only its changes.
	 */
	private static final class OwnedPartitions implements ConsumerRebalanceListener {

		private final Events events;

		private final KafkaConsumer<?, ?> consumer;

		private final Set<String> owned = new TreeSet<>();

		/** Whether any change was published, if only that there are no partitions. */
		private boolean published;

		OwnedPartitions(Events events, KafkaConsumer<?, ?> consumer) {
			this.events = events;
			this.consumer = consumer;
		}

		@Override
		public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
			if (!partitions.isEmpty() || !this.published) {
				names(partitions).forEach(this.owned::add);
				changed("PartitionsAssigned", partitions);
			}
		}

		@Override
		public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
			removed("PartitionsRevoked", partitions);
		}

		@Override
		public void onPartitionsLost(Collection<TopicPartition> partitions) {
			removed("PartitionsLost", partitions);
		}

		private void removed(String type, Collection<TopicPartition> partitions) {
			if (this.owned.removeAll(names(partitions))) {
				changed(type, partitions);
			}
		}

		private void changed(String type, Collection<TopicPartition> partitions) {
			this.published = true;
			this.events.changed(type, names(partitions), List.copyOf(this.owned),
					this.consumer.groupMetadata().generationId());
		}

		private static List<String> names(Collection<TopicPartition> partitions) {
			return partitions.stream().map(TopicPartition::toString).sorted().toList();
		}

	}

}
