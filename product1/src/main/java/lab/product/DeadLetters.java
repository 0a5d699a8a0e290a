package lab.product;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.stereotype.Component;

/**
 * Publishes a record that cannot be handled to the dead letter topic, unchanged and with
 * the cause in its headers, and logs it in one line, with a stack trace unless the record
 * is to blame. Of a record that the topic does not take because of its size, the headers
 * say where it is.
 */
@Slf4j
@Component
public class DeadLetters extends DeadLetterPublishingRecoverer {

	/** The header with the cause in words; Spring adds its own {@code kafka_dlt-*}. */
	static final String CAUSE = "cause";

	/** The header in which a sender's own {@value #CAUSE} is kept. */
	static final String SENDERS_CAUSE = "original-cause";

	/** The header that says what a copy lacks and where the original is. */
	static final String OMITTED = "omitted";

	private static final Duration BEFORE_NEXT_ATTEMPT = Duration.ofSeconds(1);

	private final ProductProperties names;

	private final JsonMapper json;

	DeadLetters(ProductProperties names, KafkaOperations<byte[], byte[]> kafka, JsonMapper json) {
		super(kafka, (record, ex) -> new TopicPartition(names.deadLetterTopic(), -1));
		this.names = names;
		this.json = json;
		// up to 10 KiB, and no more than the other headers tell
		excludeHeader(HeaderNames.HeadersToAdd.EX_STACKTRACE);
		addHeadersFunction(
				(record, ex) -> new RecordHeaders().add(CAUSE, why(record, ex).getBytes(StandardCharsets.UTF_8)));
	}

	@Override
	public void accept(ConsumerRecord<?, ?> record, @Nullable Consumer<?, ?> consumer, Exception ex) {
		try {
			super.accept(record, consumer, ex);
		}
		catch (RuntimeException failed) {
			log.warn("{} cannot put partition {}, offset {} aside in {} ({}); trying again.", this.names.instance(),
					record.partition(), record.offset(), this.names.deadLetterTopic(), Text.rootOf(failed));
			LockSupport.parkNanos(BEFORE_NEXT_ATTEMPT.toNanos());
			throw failed;
		}
		log.warn("{} cannot handle partition {}, offset {}: {}. It is in {} now.", this.names.instance(),
				record.partition(), record.offset(), why(record, ex), this.names.deadLetterTopic(),
				isOrder(record) ? ex : null);
	}

	/**
	 * Whether the record can be read, so that its failure is a fault of this service.
	 */
	private boolean isOrder(ConsumerRecord<?, ?> record) {
		try {
			return record.value() instanceof byte[] value && this.json.readValue(value, OrderPlaced.class) != null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	/**
	 * Waits for the result. The inherited method would log a failure with a stack trace
	 * and throw an exception without its cause.
	 */
	@Override
	protected void publish(ProducerRecord<Object, Object> outRecord, KafkaOperations<Object, Object> kafkaTemplate,
			ConsumerRecord<?, ?> inRecord) {
		keepSendersCause(outRecord.headers());
		try {
			send(outRecord, kafkaTemplate);
		}
		catch (RuntimeException ex) {
			if (!isTooLarge(ex)) {
				throw ex;
			}
			publishWithoutValue(outRecord, kafkaTemplate, inRecord);
		}
	}

	/**
	 * Gives a sender's own headers of our name another one, so that they do not hide
	 * ours, which is the last.
	 */
	private static void keepSendersCause(Headers headers) {
		List<Header> causes = new ArrayList<>();
		headers.headers(CAUSE).forEach(causes::add);
		Header ours = causes.remove(causes.size() - 1);
		headers.remove(CAUSE).add(ours);
		causes.forEach((cause) -> headers.add(SENDERS_CAUSE, cause.value()));
	}

	private static void publishWithoutValue(ProducerRecord<Object, Object> outRecord,
			KafkaOperations<Object, Object> kafkaTemplate, ConsumerRecord<?, ?> inRecord) {
		byte[] omitted = "a value of %d bytes, too large for this topic; it is in %s-%d at offset %d"
			.formatted(inRecord.serializedValueSize(), inRecord.topic(), inRecord.partition(), inRecord.offset())
			.getBytes(StandardCharsets.UTF_8);
		// those of a record that was sent cannot be changed any more
		Headers headers = new RecordHeaders(outRecord.headers().toArray()).add(OMITTED, omitted);
		try {
			send(new ProducerRecord<Object, Object>(outRecord.topic(), null, null, outRecord.key(), null, headers),
					kafkaTemplate);
		}
		catch (RuntimeException ex) {
			if (!isTooLarge(ex)) {
				throw ex;
			}
			// its key or its headers are too large as well
			send(new ProducerRecord<Object, Object>(outRecord.topic(), null, null, null, null,
					List.of(headers.lastHeader(CAUSE), headers.lastHeader(OMITTED))), kafkaTemplate);
		}
	}

	private static void send(ProducerRecord<Object, Object> record, KafkaOperations<Object, Object> kafkaTemplate) {
		kafkaTemplate.send(record).join();
	}

	private static boolean isTooLarge(Throwable ex) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		return root instanceof RecordTooLargeException || root instanceof RecordBatchTooLargeException;
	}

	static String why(ConsumerRecord<?, ?> record, Exception ex) {
		if (record.value() == null) {
			return "it has no value";
		}
		if (record.value() instanceof byte[] value && new String(value, StandardCharsets.UTF_8).isBlank()) {
			return "it is empty";
		}
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		if (root instanceof InputCoercionException) {
			return "it is JSON, but not an order (a number is out of range)";
		}
		if (root instanceof StreamReadException notJson) {
			String detail = Text.line(notJson.getOriginalMessage().split(": ")[0]);
			// Jackson says so of any letter outside ASCII where JSON allows none, even if
			// the UTF-8 is valid
			return detail.startsWith("Invalid UTF-8") ? "it is not JSON" : "it is not JSON (" + detail + ")";
		}
		if (root instanceof IllegalArgumentException) {
			return "it is JSON, but not an order (" + Text.line("" + root.getMessage()) + ")";
		}
		if (root instanceof JacksonException || root instanceof DateTimeException) {
			return "it is JSON, but not an order";
		}
		return Text.rootOf(ex);
	}

}
