package lab.console.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads partitions without being a member of a group: their last records, with
 * {@link #readTails}, or all of them, with {@link #readAll}. Records of a transaction are
 * read once it is committed, and not at all if it is aborted. Not safe for use by several
 * threads, apart from {@link #wakeup}.
 */
public final class TopicTail implements AutoCloseable {

	/**
	 * A tail that lags by more records than that skips to the last ones.
	 */
	private static final int MAX_LAG = 500;

	private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final KafkaConsumer<byte[], byte[]> consumer;

	private final int length;

	/** The partitions of which records may be skipped. */
	private final Set<TopicPartition> tails = new HashSet<>();

	/**
	 * @param client the settings of a Kafka client
	 * @param clientId the reader's client.id
	 * @param length how many of the last records of a tail are of interest
	 */
	public TopicTail(Properties client, String clientId, int length) {
		Properties properties = new Properties();
		properties.putAll(client);
		properties.putAll(Map.of(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1 << 20,
				ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 16, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
				"earliest", ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
				ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false, ConsumerConfig.ISOLATION_LEVEL_CONFIG,
				"read_committed", ConsumerConfig.CLIENT_ID_CONFIG, clientId));
		properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
		this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
		this.length = length;
	}

	/**
	 * Reads these partitions from now on, and no others. Partitions that were read before
	 * are read on; of the others the last records are read first.
	 * @param tails of which the last records are of interest: where more is written than
	 * is read, records are skipped
	 * @param logs of which no record is skipped
	 * @param past how many of the last records of each log are read first
	 */
	public void readTails(Set<TopicPartition> tails, Set<TopicPartition> logs, int past) {
		this.tails.clear();
		this.tails.addAll(tails);
		this.tails.removeAll(logs);
		Set<TopicPartition> wanted = new HashSet<>(tails);
		wanted.addAll(logs);
		Set<TopicPartition> known = this.consumer.assignment();
		if (wanted.equals(known)) {
			return;
		}
		Set<TopicPartition> added = new HashSet<>(wanted);
		added.removeAll(known);
		Map<TopicPartition, Long> ends = this.consumer.endOffsets(added);
		this.consumer.assign(wanted);
		ends.forEach((partition, end) -> this.consumer.seek(partition,
				Math.max(0, end - (logs.contains(partition) ? past : this.length))));
	}

	/**
	 * Reads these partitions from their beginning, and no others; no record is skipped. A
	 * topic that does not exist yet is read once it does.
	 */
	public void readAll(Collection<TopicPartition> partitions) {
		this.tails.clear();
		this.consumer.assign(partitions);
		this.consumer.seekToBeginning(partitions);
	}

	/**
	 * Returns the records that have come since.
	 * @param timeout how long to wait where there are none
	 * @throws org.apache.kafka.common.errors.WakeupException if {@link #wakeup} was
	 * called
	 * @throws org.apache.kafka.common.KafkaException if they cannot be read
	 */
	public List<ConsumerRecord<byte[], byte[]>> poll(Duration timeout) throws InterruptedException {
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		if (this.consumer.assignment().isEmpty()) {
			// a consumer without an assignment refuses to poll
			TimeUnit.MILLISECONDS.sleep(timeout.toMillis());
			return records;
		}
		this.consumer.poll(timeout).forEach(records::add);
		for (TopicPartition partition : this.consumer.assignment()) {
			OptionalLong lag = this.tails.contains(partition) ? this.consumer.currentLag(partition)
					: OptionalLong.empty();
			if (lag.isPresent() && lag.getAsLong() > MAX_LAG) {
				this.consumer.seek(partition, this.consumer.position(partition) + lag.getAsLong() - this.length);
			}
		}
		return records;
	}

	/**
	 * Returns all records of the partitions that are there when this is called.
	 * @param timeout how long to go on where nothing comes
	 * @throws org.apache.kafka.common.KafkaException if they cannot be read in that time
	 */
	public List<ConsumerRecord<byte[], byte[]>> readToEnd(Collection<TopicPartition> partitions, Duration timeout)
			throws InterruptedException {
		readAll(partitions);
		Map<TopicPartition, Long> ends = this.consumer.endOffsets(partitions);
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		long deadline = System.nanoTime() + timeout.toNanos();
		while (ends.entrySet().stream().anyMatch((end) -> this.consumer.position(end.getKey()) < end.getValue())) {
			List<ConsumerRecord<byte[], byte[]>> some = poll(POLL_TIMEOUT);
			records.addAll(some);
			if (!some.isEmpty()) {
				deadline = System.nanoTime() + timeout.toNanos();
			}
			else if (System.nanoTime() > deadline) {
				throw new TimeoutException("not all records could be read");
			}
		}
		return records;
	}

	/**
	 * Ends a {@link #poll} in another thread, or the next one.
	 */
	public void wakeup() {
		this.consumer.wakeup();
	}

	@Override
	public void close() {
		this.consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
	}

}
