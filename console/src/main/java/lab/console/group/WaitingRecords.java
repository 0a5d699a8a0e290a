package lab.console.group;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import lab.console.group.GroupSnapshot.Partition;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Counts the records that a group has yet to handle, where a difference of offsets is
 * more: the markers of transactions and what compaction has removed have offsets, too.
 * Records of aborted and open transactions count unless the group is known to read
 * committed. The records are read, so only a short way is counted, and once for each
 * committed offset and end. Used by one thread.
 */
final class WaitingRecords {

	/**
	 * Partitions with more lag are left as they are.
	 */
	private static final long MAX_LAG = 500;

	private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

	private static final int MAX_FETCH_BYTES = 1 << 20;

	private static final String READ_COMMITTED = "read_committed";

	private static final String READ_UNCOMMITTED = "read_uncommitted";

	private final Properties client;

	/** Of the partitions of the last snapshot. */
	private final Map<Range, RecordCount> counts = new HashMap<>();

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
	 * @param stable the last stable offset, {@code to} where no transaction is open
	 * @param to the offset after the last one
	 */
	private record Range(TopicPartition partition, long from, long stable, long to) {

		static Range of(Partition partition) {
			long to = Objects.requireNonNull(partition.lagEnd());
			return new Range(partition.topicPartition(), to - partition.knownLag(),
					(partition.lastStable() != null) ? partition.lastStable() : to, to);
		}

		/**
		 * The part of it up to the last stable offset.
		 */
		Range stablePart() {
			return new Range(this.partition, Math.min(this.from, this.stable), this.stable, this.stable);
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
		List<Partition> near = group.partitions()
			.stream()
			.filter((partition) -> partition.readers() == null && partition.knownLag() > 0
					&& partition.knownLag() <= MAX_LAG && partition.leader() != null
					&& !(partition.readCommitted() && partition.readsUncommitted()))
			.toList();
		this.counts.keySet().retainAll(near.stream().map(Range::of).toList());
		List<Partition> uncounted = near.stream()
			.filter((partition) -> !this.counts.containsKey(Range.of(partition)) && now.test(partition))
			.toList();
		if (!uncounted.isEmpty()) {
			count(uncounted, timeout);
		}
		return group.withLags(this.counts.entrySet()
			.stream()
			.collect(Collectors.toMap((count) -> count.getKey().partition(), Map.Entry::getValue)));
	}

	private void count(List<Partition> partitions, Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		List<Range> all = partitions.stream().map(Range::of).toList();
		boolean readCommitted = partitions.get(0).readCommitted();
		Map<TopicPartition, Long> told = records(all, readCommitted ? READ_COMMITTED : READ_UNCOMMITTED, deadline);
		// an offset without a record is that of a marker at the end of each transaction
		List<Range> withTransactions = readCommitted ? List.of() : all.stream()
			// a group that has read records of an open transaction reads all
			.filter((range) -> range.from() <= range.stable())
			.filter((range) -> range.stable() < range.to()
					|| told.getOrDefault(range.partition(), Long.MAX_VALUE) < range.to() - range.from())
			.toList();
		Map<TopicPartition, Long> committed = new HashMap<>();
		withTransactions.stream()
			.filter((range) -> range.from() >= range.stable())
			.forEach((range) -> committed.put(range.partition(), 0L));
		committed.putAll(records(withTransactions.stream()
			.filter((range) -> range.from() < range.stable())
			.map(Range::stablePart)
			.toList(), READ_COMMITTED, deadline));
		all.forEach((range) -> {
			Long records = told.get(range.partition());
			Long kept = committed.get(range.partition());
			this.counts.put(range,
					(records == null) ? new RecordCount(range.to() - range.from(), null) : new RecordCount(records,
							(kept == null || kept >= records) ? null : Long.valueOf(records - kept)));
		});
	}

	/**
	 * How many records of each range a consumer with that isolation level gets; without
	 * those that could not be read by then.
	 */
	private Map<TopicPartition, Long> records(List<Range> ranges, String isolationLevel, long deadline) {
		if (ranges.isEmpty()) {
			return Map.of();
		}
		Properties settings = new Properties();
		settings.putAll(this.client);
		settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolationLevel);
		settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
		settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
		// a topic that has just been deleted is not to come back
		settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
		settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
		settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
		Map<TopicPartition, Long> ends = ranges.stream().collect(Collectors.toMap(Range::partition, Range::to));
		Map<TopicPartition, Long> read = new HashMap<>();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			consumer.assign(ends.keySet());
			ranges.forEach((range) -> consumer.seek(range.partition(), range.from()));
			Map<TopicPartition, Long> counts = new HashMap<>();
			while (read.size() < ends.size() && System.nanoTime() < deadline) {
				consumer.poll(POLL_TIMEOUT).forEach((record) -> {
					TopicPartition partition = new TopicPartition(record.topic(), record.partition());
					if (record.offset() < Objects.requireNonNull(ends.get(partition))) {
						counts.merge(partition, 1L, Long::sum);
					}
				});
				ends.forEach((partition, end) -> {
					if (consumer.position(partition) >= end) {
						read.put(partition, counts.getOrDefault(partition, 0L));
						consumer.pause(List.of(partition));
					}
				});
			}
		}
		catch (KafkaException ex) {
			// not authorized to read, or the records have just been deleted: what is not
			// counted stays a difference of offsets
		}
		return read;
	}

}
