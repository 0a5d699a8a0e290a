package lab.console.group;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

import lab.console.group.GroupSnapshot.Partition;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the records that a group has yet to handle, where a difference of offsets is
 * more: the markers of transactions, aborted records, and what compaction has removed
 * have offsets, too. The records are read, so only a short way is counted.
 */
final class WaitingRecords {

	/**
	 * Partitions with more lag are left as they are.
	 */
	private static final long MAX_LAG = 500;

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

	private static final int MAX_FETCH_BYTES = 1 << 20;

	private WaitingRecords() {
	}

	/**
	 * Returns the snapshot with the lag counted in records, where that is known: the lag
	 * is short, and the records can be read in time and may be read.
	 * @param client the settings of the consumer
	 */
	static GroupSnapshot counted(GroupSnapshot group, Properties client) {
		Map<TopicPartition, Partition> near = group.partitions()
			.stream()
			.filter((partition) -> partition.readers() == null && partition.knownLag() > 0
					&& partition.knownLag() <= MAX_LAG && partition.leader() != null && !partition.readsUncommitted())
			.collect(Collectors.toMap(Partition::topicPartition, Function.identity()));
		return near.isEmpty() ? group : group.withLags(lags(near, client));
	}

	private static Map<TopicPartition, Long> lags(Map<TopicPartition, Partition> partitions, Properties client) {
		Properties settings = new Properties();
		settings.putAll(client);
		settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
		settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
		settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
		// a topic that has just been deleted is not to come back
		settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
		settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
		settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
		Map<TopicPartition, Long> lags = new HashMap<>();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			consumer.assign(partitions.keySet());
			partitions.forEach((key, partition) -> consumer.seek(key, last(partition) - partition.knownLag()));
			Map<TopicPartition, Long> counts = new HashMap<>();
			long start = System.nanoTime();
			while (lags.size() < partitions.size() && System.nanoTime() - start < TIMEOUT.toNanos()) {
				consumer.poll(POLL_TIMEOUT).forEach((record) -> {
					TopicPartition key = new TopicPartition(record.topic(), record.partition());
					if (record.offset() < last(partitions.get(key))) {
						counts.merge(key, 1L, Long::sum);
					}
				});
				partitions.forEach((key, partition) -> {
					if (consumer.position(key) >= last(partition)) {
						lags.put(key, counts.getOrDefault(key, 0L));
						consumer.pause(List.of(key));
					}
				});
			}
		}
		catch (KafkaException ex) {
			// not authorized to read, or the records have just been deleted: what is not
			// counted stays a difference of offsets
		}
		return lags;
	}

	private static long last(@Nullable Partition partition) {
		Partition counted = Objects.requireNonNull(partition);
		return Objects.requireNonNull((counted.lastStable() != null) ? counted.lastStable() : counted.end());
	}

}
