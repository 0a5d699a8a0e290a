package lab.console.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the ends of partitions, outside of any group. Where more is written than anybody
 * can look at, it lets records go by instead of falling behind, so that its cost is
 * bounded.
 */
final class Tail implements AutoCloseable {

	private static final int TOO_FAR_BEHIND = 500;

	private final KafkaConsumer<byte[], byte[]> consumer;

	private final int length;

	private final Set<TopicPartition> logs = new HashSet<>();

	/**
	 * @param length how many records of each partition are of interest
	 */
	Tail(Properties client, int length) {
		Properties properties = new Properties();
		properties.putAll(client);
		properties.putAll(Map.of(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1 << 20,
				ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 16, ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
				"earliest", ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
				ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false, ConsumerConfig.CLIENT_ID_CONFIG, "board"));
		properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
		this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
		this.length = length;
	}

	/**
	 * From now on reads these, and no others.
	 * @param tails of which the last records are of interest
	 * @param logs of which no record may go by
	 * @param past how many records of each log are read from before now
	 */
	void read(Set<TopicPartition> tails, Set<TopicPartition> logs, int past) {
		Set<TopicPartition> wanted = new HashSet<>(tails);
		wanted.addAll(logs);
		Set<TopicPartition> known = this.consumer.assignment();
		if (wanted.equals(known)) {
			return;
		}
		Set<TopicPartition> added = new HashSet<>(wanted);
		added.removeAll(known);
		Map<TopicPartition, Long> ends = this.consumer.endOffsets(added);
		this.logs.addAll(logs);
		this.consumer.assign(wanted);
		ends.forEach((partition, end) -> this.consumer.seek(partition,
				Math.max(0, end - (logs.contains(partition) ? past : this.length))));
	}

	/**
	 * What has come since; waits a moment where there is nothing.
	 */
	List<ConsumerRecord<byte[], byte[]>> poll(Duration wait) throws InterruptedException {
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		if (this.consumer.assignment().isEmpty()) {
			// a consumer refuses to wait for nothing
			TimeUnit.MILLISECONDS.sleep(wait.toMillis());
			return records;
		}
		this.consumer.poll(wait).forEach(records::add);
		for (TopicPartition partition : this.consumer.assignment()) {
			OptionalLong lag = this.logs.contains(partition) ? OptionalLong.empty()
					: this.consumer.currentLag(partition);
			if (lag.isPresent() && lag.getAsLong() > TOO_FAR_BEHIND) {
				this.consumer.seek(partition, this.consumer.position(partition) + lag.getAsLong() - this.length);
			}
		}
		return records;
	}

	@Override
	public void close() {
		this.consumer.close();
	}

}
