package lab.product;

import java.util.concurrent.ExecutionException;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Which failures are Kafka's and which are the record's, and how they are logged.
 */
class FailuresTests {

	@Test
	void blamesKafkaWhenNothingCanBePublished() {
		assertThat(Consumption.isKafkas(inListener(new ExecutionException(new TimeoutException("10 s passed")))))
			.isTrue();
		assertThat(Consumption.isKafkas(inListener(new ExecutionException(new NotEnoughReplicasException("1 of 2")))))
			.isTrue();
		assertThat(Consumption
			.isKafkas(inListener(new KafkaException("Send failed", new TimeoutException("no metadata"))))).isTrue();
	}

	@Test
	void blamesTheRecordForTheRest() {
		assertThat(Consumption.isKafkas(inListener(new IllegalStateException("a bug")))).isFalse();
		assertThat(Consumption.isKafkas(inListener(new ExecutionException(new RecordTooLargeException("2 MB")))))
			.isFalse();
		assertThat(Consumption.isKafkas(null)).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					hello world    | it is not JSON (Unrecognized token 'hello')
					안녕하세요          | it is not JSON
					{"id":"x       | it is not JSON (Unexpected end-of-input in VALUE_STRING)
					{}             | it is JSON, but not an order (id is missing)
					"a string"     | it is JSON, but not an order
					123            | it is JSON, but not an order
					[]             | it is JSON, but not an order
					` `            | it is empty
					{"id":"6f0d7c1e-8a55-4a5a-9a39-1f3c2c9b0d11","message":"a","placedAt":99999999999999999999} | it is JSON, but not an order (a number is out of range)
					{"id":"6f0d7c1e-8a55-4a5a-9a39-1f3c2c9b0d11","message":"a","placedAt":"tomorrow"} | it is JSON, but not an order
					""")
	void saysInWordsWhatIsWrong(String value, String why) {
		Exception ex = catchThrowableOfType(Exception.class,
				() -> new JsonMapper().readValue(value.getBytes(StandardCharsets.UTF_8), OrderPlaced.class));

		assertThat(DeadLetters.why(record(value.getBytes(StandardCharsets.UTF_8)), inListener(ex))).isEqualTo(why);
	}

	@Test
	void saysThatThereIsNoValue() {
		assertThat(DeadLetters.why(record(null), new IllegalArgumentException("whatever")))
			.isEqualTo("it has no value");
	}

	@Test
	void keepsWhatOthersWroteOnOneLine() {
		assertThat(Text.line("1st\r\n12:00 ERROR forged\u2028line\u001b[2J"))
			.isEqualTo("1st  12:00 ERROR forged line [2J");
		assertThat(Text.line("주문")).isEqualTo("주문");
		assertThat(Text.line("x".repeat(1000))).hasSize(201).endsWith("…");
	}

	private static Exception inListener(Exception ex) {
		return new ListenerExecutionFailedException("Listener failed", ex);
	}

	private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
		return new ConsumerRecord<>("topic_example", 0, 3, null, value);
	}

}
