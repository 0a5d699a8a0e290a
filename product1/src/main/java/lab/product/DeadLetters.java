package lab.product;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.stereotype.Component;

/**
 * Publishes a record that cannot be handled to the dead letter topic, unchanged and with
 * the cause in its headers, and logs it in one line.
 */
@Slf4j
@Component
public class DeadLetters extends DeadLetterPublishingRecoverer {

	/** The header with the cause in words; Spring adds its own {@code kafka_dlt-*}. */
	static final String CAUSE = "cause";

	private static final Duration BEFORE_NEXT_ATTEMPT = Duration.ofSeconds(1);

	private final ProductProperties names;

	DeadLetters(ProductProperties names, KafkaOperations<byte[], byte[]> kafka) {
		super(kafka, (record, ex) -> new TopicPartition(names.deadLetterTopic(), -1));
		this.names = names;
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
				record.partition(), record.offset(), why(record, ex), this.names.deadLetterTopic());
	}

	/**
	 * Waits for the result. The inherited method would log a failure with a stack trace
	 * and throw an exception without its cause.
	 */
	@Override
	protected void publish(ProducerRecord<Object, Object> outRecord, KafkaOperations<Object, Object> kafkaTemplate,
			ConsumerRecord<?, ?> inRecord) {
		kafkaTemplate.send(outRecord).join();
	}

	static String why(ConsumerRecord<?, ?> record, Exception ex) {
		if (record.value() == null) {
			return "it has no value";
		}
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		if (root instanceof StreamReadException notJson) {
			String detail = Text.line(notJson.getOriginalMessage().split(": ")[0]);
			// Jackson says so of any letter outside ASCII where JSON allows none, even if
			// the UTF-8 is valid
			return detail.startsWith("Invalid UTF-8") ? "it is not JSON" : "it is not JSON (" + detail + ")";
		}
		if (root instanceof IllegalArgumentException) {
			return "it is JSON, but not an order (" + Text.line("" + root.getMessage()) + ")";
		}
		if (root instanceof JacksonException) {
			return "it is JSON, but not an order";
		}
		return Text.rootOf(ex);
	}

}
