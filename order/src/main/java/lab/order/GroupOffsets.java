package lab.order;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lombok.RequiredArgsConstructor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.core.KafkaAdmin;

/**
 * Reads how far the group has handled the topic, and keeps the number of partitions that
 * orders with a key go to: as committed offsets, one for each of these partitions, of the
 * group {@code <topic>_growth}. That group has no members, and its lag has no meaning.
 * <p>
 * All methods ask Kafka, wait at most a second for each answer, and throw its
 * {@link KafkaException}.
 */
@RequiredArgsConstructor
class GroupOffsets implements AutoCloseable {

	private static final int TIMEOUT_MS = 1000;

	private final KafkaAdmin kafkaAdmin;

	private final OrderProperties properties;

	private @Nullable Admin admin;

	/**
	 * Returns the number of partitions that {@link #use} kept, or 0 if there is none: it
	 * was never called for this topic, or not within {@code offsets.retention.minutes} (7
	 * days).
	 */
	int inUse() {
		return committed(memory()).size();
	}

	/**
	 * Keeps the number of partitions, also for the next start of this service.
	 */
	void use(int partitions) {
		Map<TopicPartition, OffsetAndMetadata> offsets = partitions(partitions).stream()
			.collect(Collectors.toMap((partition) -> partition, (partition) -> new OffsetAndMetadata(0)));
		get(admin()
			.alterConsumerGroupOffsets(memory(), offsets, new AlterConsumerGroupOffsetsOptions().timeoutMs(TIMEOUT_MS))
			.all());
	}

	/**
	 * Returns the end offsets of the topic's first partitions.
	 */
	Map<TopicPartition, Long> ends(int partitions) {
		Map<TopicPartition, OffsetSpec> latest = partitions(partitions).stream()
			.collect(Collectors.toMap((partition) -> partition, (partition) -> OffsetSpec.latest()));
		Map<TopicPartition, Long> ends = new HashMap<>();
		get(admin().listOffsets(latest, new ListOffsetsOptions().timeoutMs(TIMEOUT_MS)).all())
			.forEach((partition, end) -> ends.put(partition, end.offset()));
		return ends;
	}

	/**
	 * Returns how many records before these offsets the group has not handled; all of
	 * them in a partition for which it has no committed offset.
	 */
	long unhandled(Map<TopicPartition, Long> ends) {
		Map<TopicPartition, Long> committed = committed(this.properties.group());
		return ends.entrySet()
			.stream()
			.mapToLong((end) -> Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L)))
			.sum();
	}

	@Override
	public synchronized void close() {
		if (this.admin != null) {
			this.admin.close(Duration.ZERO);
		}
	}

	private Map<TopicPartition, Long> committed(String group) {
		Map<TopicPartition, Long> committed = new HashMap<>();
		get(admin().listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().timeoutMs(TIMEOUT_MS))
			.partitionsToOffsetAndMetadata()).forEach((partition, offset) -> {
				if (offset != null && partition.topic().equals(this.properties.topic())) {
					committed.put(partition, offset.offset());
				}
			});
		return committed;
	}

	private String memory() {
		return this.properties.topic() + "_growth";
	}

	private Collection<TopicPartition> partitions(int partitions) {
		return IntStream.range(0, partitions)
			.mapToObj((partition) -> new TopicPartition(this.properties.topic(), partition))
			.toList();
	}

	private synchronized Admin admin() {
		if (this.admin == null) {
			this.admin = Admin.create(this.kafkaAdmin.getConfigurationProperties());
		}
		return this.admin;
	}

	private static <T> T get(KafkaFuture<T> answer) {
		try {
			return answer.get();
		}
		catch (InterruptedException ex) {
			throw new InterruptException(ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof KafkaException cause) ? cause
					: new KafkaException(Objects.requireNonNullElse(ex.getCause(), ex));
		}
	}

}
