package lab.console.group;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Predicate;
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
 * have offsets, too. The records are read, so only a short way is counted, and once for
 * each committed offset and end. Used by one thread.
 */
final class WaitingRecords {

	/**
	 * Partitions with more lag are left as they are.
	 */
	private static final long MAX_LAG = 500;

	private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

	private static final int MAX_FETCH_BYTES = 1 << 20;

	private final Properties client;

	/** Of the partitions of the last snapshot. */
	private final Map<Range, Long> counts = new HashMap<>();

	/**
	 * @param client the settings of the consumer
	 */
	WaitingRecords(Properties client) {
		this.client = client;
	}

	/**
	 * What the group has yet to handle of a partition.
	 *
	 * @param from the first offset
	 * @param to the offset after the last one
	 */
	private record Range(TopicPartition partition, long from, long to) {

		static Range of(Partition partition) {
			long to = last(partition);
			return new Range(partition.topicPartition(), to - partition.knownLag(), to);
		}

	}

	/**
	 * Returns the snapshot with the lag counted in records, where that is known: the lag
	 * is short, and the records can be read in time and may be read.
	 * @param now which of the partitions to count, if they are not counted yet
	 * @param timeout for all of them; those that are not counted by then are not tried
	 * again before their offsets change
	 */
	GroupSnapshot counted(GroupSnapshot group, Predicate<Partition> now, Duration timeout) {
		Map<TopicPartition, Partition> near = group.partitions()
			.stream()
			.filter((partition) -> partition.readers() == null && partition.knownLag() > 0
					&& partition.knownLag() <= MAX_LAG && partition.leader() != null && !partition.readsUncommitted())
			.collect(Collectors.toMap(Partition::topicPartition, Function.identity()));
		this.counts.keySet().retainAll(near.values().stream().map(Range::of).toList());
		Map<TopicPartition, Partition> uncounted = near.values()
			.stream()
			.filter((partition) -> !this.counts.containsKey(Range.of(partition)) && now.test(partition))
			.collect(Collectors.toMap(Partition::topicPartition, Function.identity()));
		if (!uncounted.isEmpty()) {
			Map<TopicPartition, Long> lags = lags(uncounted, timeout);
			uncounted.forEach((key, partition) -> this.counts.put(Range.of(partition),
					lags.getOrDefault(key, partition.knownLag())));
		}
		return group.withLags(this.counts.entrySet()
			.stream()
			.collect(Collectors.toMap((count) -> count.getKey().partition(), Map.Entry::getValue)));
	}

	private Map<TopicPartition, Long> lags(Map<TopicPartition, Partition> partitions, Duration timeout) {
		Properties settings = new Properties();
		settings.putAll(this.client);
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
			while (lags.size() < partitions.size() && System.nanoTime() - start < timeout.toNanos()) {
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
