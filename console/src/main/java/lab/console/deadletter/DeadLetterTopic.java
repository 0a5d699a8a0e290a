package lab.console.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import lab.console.deadletter.DeadLetterList.Listing;
import lab.console.group.Cluster;
import lab.console.terminal.AwayException;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a dead letter topic, without being a member of a group. Used by one thread. Its
 * methods throw {@link KafkaException} if the topic cannot be read.
 */
final class DeadLetterTopic implements AutoCloseable {

	/**
	 * How long the cluster may send no record although there are some.
	 */
	private static final Duration SILENCE = Duration.ofSeconds(10);

	private static final Duration POLL = Duration.ofMillis(200);

	private static final Duration CLOSE = Duration.ofSeconds(1);

	private final String name;

	private final Messages messages;

	private final Cluster cluster;

	private final KafkaConsumer<byte[], byte[]> consumer;

	private DeadLetterTopic(String name, Messages messages, Cluster cluster, KafkaConsumer<byte[], byte[]> consumer) {
		this.name = name;
		this.messages = messages;
		this.cluster = cluster;
		this.consumer = consumer;
	}

	/**
	 * Opens the topic, works with it and closes it.
	 * @param <T> the result of the work
	 * @param work may throw {@link KafkaException}
	 * @throws LabException if there is no such topic, or the cluster does not answer or
	 * refuses
	 */
	static <T> T use(LabOptions options, String name, Messages messages, Function<DeadLetterTopic, T> work) {
		try (DeadLetterTopic topic = open(options, name, messages)) {
			return work.apply(topic);
		}
		catch (ProducerFencedException | InvalidProducerEpochException ex) {
			throw new LabException(messages.get("dlt.fenced", name), ex);
		}
		catch (TimeoutException ex) {
			throw new AwayException(messages.get("cluster.silent", options.bootstrapServer()), ex);
		}
		catch (KafkaException ex) {
			throw new LabException(messages.get("cluster.refused", ex.getMessage()), ex);
		}
	}

	private static DeadLetterTopic open(LabOptions options, String name, Messages messages) {
		Cluster cluster = Cluster.connect(options, messages);
		try {
			if (cluster.topics().partitionCount(name).isEmpty()) {
				throw new LabException(messages.get("dlt.no-topic", name));
			}
			return new DeadLetterTopic(name, messages, cluster, consumer(Cluster.clientProperties(options)));
		}
		catch (RuntimeException ex) {
			cluster.close();
			throw ex;
		}
	}

	private static KafkaConsumer<byte[], byte[]> consumer(Properties client) {
		Properties settings = new Properties();
		settings.putAll(client);
		settings.putAll(Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
				ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false", ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
				"false", ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
		settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
		return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
	}

	String name() {
		return this.name;
	}

	private List<TopicPartition> partitions() {
		int count = partitionCount(this.name)
			.orElseThrow(() -> new LabException(this.messages.get("dlt.no-topic", this.name)));
		return IntStream.range(0, count).mapToObj((partition) -> new TopicPartition(this.name, partition)).toList();
	}

	/**
	 * How many partitions any topic of the cluster has; empty where it does not exist.
	 */
	Optional<Integer> partitionCount(String topic) {
		return this.cluster.topics().partitionCount(topic);
	}

	/**
	 * Reads the whole topic.
	 * @param limit how many of the dead letters to keep
	 */
	Listing list(int limit) {
		DeadLetterList letters = new DeadLetterList(limit, Long.MAX_VALUE);
		forEach(letters::add);
		return letters.listing();
	}

	/**
	 * Reads the whole topic and returns the dead letters that have not been returned,
	 * those of a partition oldest first.
	 */
	Set<RecordId> open() {
		Set<RecordId> open = new LinkedHashSet<>();
		forEach((record) -> DeadLetter.marked(record)
			.ifPresentOrElse(open::remove, () -> open.add(DeadLetter.id(record))));
		return open;
	}

	/**
	 * Reads a dead letter.
	 * @throws LabException if there is none
	 */
	ConsumerRecord<byte[], byte[]> read(RecordId id) {
		return record(new TopicPartition(this.name, id.partition()), id.offset())
			.filter((record) -> DeadLetter.marked(record).isEmpty())
			.orElseThrow(() -> new LabException(this.messages.get("dlt.none-there", id, this.name)));
	}

	/**
	 * Reads a record of any topic; empty where there is none at that offset.
	 */
	Optional<ConsumerRecord<byte[], byte[]>> record(TopicPartition partition, long offset) {
		if (partitionCount(partition.topic()).filter((count) -> partition.partition() < count).isEmpty()
				|| offset < offset(partition, this.consumer.beginningOffsets(List.of(partition)))) {
			return Optional.empty();
		}
		List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
		read(Map.of(partition, Math.min(offset + 1, offset(partition, this.consumer.endOffsets(List.of(partition))))),
				() -> this.consumer.seek(partition, offset), found::add);
		return found.stream().filter((record) -> record.offset() == offset).findFirst();
	}

	private static long offset(TopicPartition partition, Map<TopicPartition, Long> offsets) {
		return Objects.requireNonNull(offsets.get(partition));
	}

	/**
	 * Reads all records that the topic has now, those of a partition in their order.
	 */
	void forEach(Consumer<ConsumerRecord<byte[], byte[]>> action) {
		Map<TopicPartition, Long> ends = this.consumer.endOffsets(partitions());
		read(ends, () -> this.consumer.seekToBeginning(ends.keySet()), action);
	}

	private void read(Map<TopicPartition, Long> ends, Runnable seek, Consumer<ConsumerRecord<byte[], byte[]>> action) {
		this.consumer.assign(ends.keySet());
		// a partition that was read before is paused
		this.consumer.resume(ends.keySet());
		seek.run();
		long last = System.nanoTime();
		while (!ends.entrySet().stream().allMatch((end) -> isRead(end.getKey(), end.getValue()))) {
			for (ConsumerRecord<byte[], byte[]> record : this.consumer.poll(POLL)) {
				if (record.offset() < offset(new TopicPartition(record.topic(), record.partition()), ends)) {
					action.accept(record);
				}
				last = System.nanoTime();
			}
			if (System.nanoTime() - last > SILENCE.toNanos()) {
				throw new TimeoutException("no records");
			}
		}
	}

	/**
	 * Whether the partition is read to that offset; then no more of it is fetched.
	 */
	private boolean isRead(TopicPartition partition, long end) {
		boolean read = this.consumer.position(partition) >= end;
		if (read) {
			this.consumer.pause(List.of(partition));
		}
		return read;
	}

	@Override
	public void close() {
		this.consumer.close(CloseOptions.timeout(CLOSE));
		this.cluster.close();
	}

}
