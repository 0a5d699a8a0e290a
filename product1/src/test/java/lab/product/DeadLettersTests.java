package lab.product;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.ArgumentCaptor;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * What is logged of a record that fails, and which headers its copy has.
 */
@ExtendWith(OutputCaptureExtension.class)
class DeadLettersTests {

	private static final String ORDER = Group.order("1st-Order");

	@SuppressWarnings("unchecked")
	private final KafkaOperations<byte[], byte[]> kafka = mock(KafkaOperations.class);

	private final DeadLetters deadLetters = new DeadLetters(new ProductProperties("product1", "product", "orders",
			"handled", "rebalances", "orders-dlt", Duration.ZERO), this.kafka, new JsonMapper());

	@BeforeEach
	@SuppressWarnings("unchecked")
	void acknowledge() {
		given(this.kafka.send(any(ProducerRecord.class))).willReturn(CompletableFuture.completedFuture(null));
	}

	@Test
	void aFaultOfThisServiceIsLoggedWithItsStackTrace(CapturedOutput output) {
		Headers headers = putAside(record(ORDER), new IllegalStateException("a bug"));
		assertThat(output)
			.containsOnlyOnce("product1 cannot handle partition 0, offset 3: "
					+ "java.lang.IllegalStateException: a bug. It is in orders-dlt now.")
			.contains("\tat lab.product.DeadLettersTests.");
		assertThat(text(headers, "kafka_dlt-exception-cause-fqcn")).isEqualTo("java.lang.IllegalStateException");
	}

	@Test
	void aRecordThatIsNoOrderIsLoggedInOneLine(CapturedOutput output) {
		putAside(record("hello"), new StreamReadException("Unrecognized token 'hello'"));
		assertThat(output).containsOnlyOnce("it is not JSON (Unrecognized token 'hello'). It is in orders-dlt now.")
			.doesNotContain("\tat ");
	}

	@Test
	void aSendersOwnCauseDoesNotHideOurs() {
		ConsumerRecord<byte[], byte[]> record = record("hello");
		record.headers().add("cause", "mine".getBytes(StandardCharsets.UTF_8));
		Headers headers = putAside(record, new StreamReadException("Unrecognized token 'hello'"));
		assertThat(headers.headers("cause")).hasSize(1);
		assertThat(text(headers, "cause")).isEqualTo("it is not JSON (Unrecognized token 'hello')");
		assertThat(text(headers, "original-cause")).isEqualTo("mine");
	}

	@SuppressWarnings("unchecked")
	private Headers putAside(ConsumerRecord<byte[], byte[]> record, Exception cause) {
		this.deadLetters.accept(record, null, new ListenerExecutionFailedException("Listener failed", cause));
		ArgumentCaptor<ProducerRecord<byte[], byte[]>> sent = ArgumentCaptor.forClass(ProducerRecord.class);
		then(this.kafka).should().send(sent.capture());
		return sent.getValue().headers();
	}

	private static ConsumerRecord<byte[], byte[]> record(String value) {
		return new ConsumerRecord<>("orders", 0, 3, null, value.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(Headers headers, String name) {
		return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
	}

}
