package lab.console.deadletter;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.console.deadletter.DeadLetter.OriginalPosition;
import lab.console.terminal.AwayException;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Returns dead letters to the partitions that they came from, each only once. In one
 * transaction it writes the record there, and behind the dead letter a mark that it was
 * returned: a record without key and value. The mark is in the dead letter's partition,
 * so that retention takes it later than the dead letter. The transactional id is one for
 * each topic: of two who return at the same time, Kafka stops the one who began first.
 */
final class ReturnToOrigin implements AutoCloseable {

	/**
	 * How often a record may be returned, unless something else is asked for.
	 */
	static final int MAX_RETURNS = 3;

	private static final int MAX_RECORD_BYTES = 32 << 20;

	private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(15);

	private static final Duration CLOSE = Duration.ofSeconds(1);

	private final DeadLetterTopic topic;

	private final int maxReturns;

	private final Messages messages;

	private final KafkaProducer<byte[], byte[]> producer;

	private final Set<RecordId> open;

	/**
	 * @param client the settings of a Kafka client
	 * @param maxReturns how often a record may be returned
	 * @throws KafkaException if the cluster does not answer, or refuses
	 */
	ReturnToOrigin(Properties client, DeadLetterTopic topic, int maxReturns, Messages messages) {
		this.topic = topic;
		this.maxReturns = maxReturns;
		this.messages = messages;
		this.producer = new KafkaProducer<>(settings(client, topic.name() + "-return"), new ByteArraySerializer(),
				new ByteArraySerializer());
		try {
			// ends what another one has begun, so that its marks are read below
			this.producer.initTransactions();
			this.open = topic.open();
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	private static Properties settings(Properties client, String transactionalId) {
		Properties settings = new Properties();
		settings.putAll(client);
		settings.putAll(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId, ProducerConfig.ACKS_CONFIG,
				"all", ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true", ProducerConfig.LINGER_MS_CONFIG, "0",
				ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(MAX_RECORD_BYTES),
				ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(TRANSACTION_TIMEOUT.toMillis()),
				ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, String.valueOf(TRANSACTION_TIMEOUT.toMillis()),
				ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
				client.getProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)));
		return settings;
	}

	/**
	 * What has become of a dead letter.
	 *
	 * @param topic where the record is now; null where it was refused
	 * @param returns how often the record has been returned now
	 * @param refused why it was not returned, in a sentence; null where it was
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record ReturnOutcome(RecordId id, @Nullable String topic, @Nullable RecordId to, @Nullable Integer returns,
			@Nullable String refused) {
	}

	/**
	 * Returns all dead letters that have not been returned, those of a partition oldest
	 * first.
	 * @param told gets the outcome of each
	 */
	void all(Consumer<ReturnOutcome> told) {
		all(Integer.MAX_VALUE, told);
	}

	/**
	 * Returns dead letters as {@link #all(Consumer)} does.
	 * @param most after how many returned ones to end; those that are refused do not
	 * count, so that they do not keep others from being returned
	 */
	void all(int most, Consumer<ReturnOutcome> told) {
		int returned = 0;
		for (RecordId id : List.copyOf(this.open)) {
			if (returned == most) {
				return;
			}
			ReturnOutcome outcome;
			try {
				outcome = one(id);
				returned++;
			}
			catch (AwayException ex) {
				throw ex;
			}
			catch (LabException ex) {
				outcome = new ReturnOutcome(id, null, null, null, ex.getMessage());
			}
			told.accept(outcome);
		}
	}

	/**
	 * How many dead letters have not been returned.
	 */
	int open() {
		return this.open.size();
	}

	/**
	 * Returns a dead letter.
	 * @throws LabException if it cannot be returned, or must not be
	 */
	ReturnOutcome one(RecordId id) {
		ConsumerRecord<byte[], byte[]> letter = this.topic.read(id);
		if (!this.open.contains(id)) {
			throw refusal("dlt.returned-already", id);
		}
		OriginalPosition origin = DeadLetter.of(letter).origin();
		if (origin == null) {
			throw refusal("dlt.no-origin", id);
		}
		int partitions = this.topic.partitionCount(origin.topic())
			.orElseThrow(() -> refusal("dlt.origin-gone", id, origin.topic()));
		ConsumerRecord<byte[], byte[]> original = original(letter, origin);
		int returns = Math.max(DeadLetter.returns(letter), DeadLetter.returns(original));
		if (returns >= this.maxReturns) {
			throw refusal("dlt.too-often", id, returns, this.maxReturns);
		}
		List<Header> headers = (original == letter) ? DeadLetter.originalHeaders(letter)
				: List.of(original.headers().toArray());
		RecordMetadata metadata = write(copy(original, headers, origin, partitions, returns + 1), new ProducerRecord<>(
				letter.topic(), letter.partition(), null, null, null, DeadLetter.mark(id.offset())), id);
		this.open.remove(id);
		return new ReturnOutcome(id, metadata.topic(), new RecordId(metadata.partition(), metadata.offset()),
				returns + 1, null);
	}

	/**
	 * Returns the record with the value: the dead letter, or where that was too large the
	 * record that it was made of.
	 */
	private ConsumerRecord<byte[], byte[]> original(ConsumerRecord<byte[], byte[]> letter, OriginalPosition origin) {
		if (!DeadLetter.isOmitted(letter)) {
			return letter;
		}
		return this.topic.record(origin.topicPartition(), origin.offset())
			.filter((record) -> DeadLetter.isOriginal(record, letter))
			.orElseThrow(() -> refusal("dlt.value-gone", DeadLetter.id(letter), origin));
	}

	private LabException refusal(String key, Object... values) {
		return new LabException(this.messages.get(key, values));
	}

	/**
	 * The record for its original partition, which keeps the order of its key. If there
	 * is no such partition any more, Kafka's partitioner chooses one.
	 */
	private static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> original, List<Header> headers,
			OriginalPosition origin, int partitions, int returns) {
		ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(origin.topic(),
				(origin.partition() < partitions) ? origin.partition() : null, original.key(), original.value(),
				headers);
		copy.headers().remove(DeadLetter.RETURNS).add(DeadLetter.header(DeadLetter.RETURNS, String.valueOf(returns)));
		return copy;
	}

	private RecordMetadata write(ProducerRecord<byte[], byte[]> copy, ProducerRecord<byte[], byte[]> mark,
			RecordId id) {
		this.producer.beginTransaction();
		try {
			Future<RecordMetadata> copied = this.producer.send(copy);
			Future<RecordMetadata> marked = this.producer.send(mark);
			RecordMetadata metadata = copied.get();
			marked.get();
			this.producer.commitTransaction();
			return metadata;
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			// fails if another one has begun to return
			this.producer.abortTransaction();
			if (cause instanceof TimeoutException silence) {
				throw silence;
			}
			throw new LabException(this.messages.get("dlt.not-written", id, copy.topic(), cause.getMessage()), cause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LabException(this.messages.get("cluster.interrupted"), ex);
		}
	}

	@Override
	public void close() {
		this.producer.close(CLOSE);
	}

}
