package lab.console.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import lab.console.deadletter.DeadLetter.OriginalPosition;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read from a dead letter's headers, which anybody may have written.
 */
class DeadLetterTests {

	private static final Instant AT = Instant.parse("2026-11-27T08:00:00Z");

	private static final String OMITTED = "a value of 1048200 bytes, too large for this topic; it is in orders-1 at offset 42";

	private final RecordHeaders headers = new RecordHeaders();

	@Test
	void tellsWhereTheRecordCameFromAndWhy() {
		origin("orders", 1, 42);
		add("cause", "it is empty");
		add("kafka_dlt-exception-message", "Listener failed");
		assertThat(DeadLetter.of(record("hello"))).isEqualTo(new DeadLetter(new RecordId(0, 12), AT,
				new OriginalPosition("orders", 1, 42, AT), "it is empty", 0, false));
	}

	@Test
	void ofAnotherProgramThanTheProductTheCauseIsTheExceptionsMessage() {
		add("kafka_dlt-exception-message", "Listener failed");
		DeadLetter letter = DeadLetter.of(record("hello"));
		assertThat(letter.cause()).isEqualTo("Listener failed");
		assertThat(letter.origin()).as("none is told").isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "__consumer_offsets", "a b", "", "../orders" })
	void aTopicThatCannotBeItsOriginIsNone(String topic) {
		origin(topic, 1, 42);
		assertThat(DeadLetter.of(record("hello")).origin()).isNull();
	}

	@Test
	void aNumberThatIsNoneIsNoOrigin() {
		add("kafka_dlt-original-topic", "orders");
		add("kafka_dlt-original-partition", "1");
		this.headers.add("kafka_dlt-original-offset", number(Long.BYTES, 42));
		assertThat(DeadLetter.of(record("hello")).origin()).isNull();
		this.headers.remove("kafka_dlt-original-partition")
			.add("kafka_dlt-original-partition", number(Integer.BYTES, -1));
		assertThat(DeadLetter.of(record("hello")).origin()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "2, 2", "'', 0", "-1, 0", "many, 0", "99999999999, 0" })
	void countsHowOftenItWasReturned(String header, int returns) {
		add("dlt-returns", header);
		assertThat(DeadLetter.returns(record("hello"))).isEqualTo(returns);
	}

	@Test
	void theOriginOfARecordWithoutValueAndHeadersIsInItsText() {
		add("omitted", OMITTED);
		assertThat(DeadLetter.isOmitted(record(null))).isTrue();
		assertThat(DeadLetter.of(record(null)).origin()).isEqualTo(new OriginalPosition("orders", 1, 42, null));
		assertThat(DeadLetter.of(record("hello")).origin()).as("a header of the sender's").isNull();
		assertThat(DeadLetter.isOmitted(record("hello"))).isFalse();
	}

	@Test
	void anotherRecordAtTheSameOffsetIsNotTheOriginal() {
		origin("orders", 1, 42);
		add("omitted", OMITTED);
		ConsumerRecord<byte[], byte[]> letter = record(null);
		assertThat(DeadLetter.isOriginal(original(AT, 1_048_200), letter)).isTrue();
		assertThat(DeadLetter.isOriginal(original(AT, 10), letter)).isFalse();
		assertThat(DeadLetter.isOriginal(original(AT.plusMillis(1), 1_048_200), letter)).isFalse();
	}

	@Test
	void theSendersHeadersAreAsTheyWere() {
		add("trace", "1");
		add("trace", "2");
		add("dlt-returns", "1");
		add("cause", "it is empty");
		add("original-cause", "mine");
		origin("orders", 1, 42);
		assertThat(DeadLetter.originalHeaders(record("hello"))).map(DeadLetterTests::text)
			.containsExactly("trace: 1", "trace: 2", "dlt-returns: 1", "cause: mine");
	}

	@Test
	void aMarkIsNoDeadLetterAndADeadLetterIsNoMark() {
		DeadLetter.mark(7).forEach(this.headers::add);
		assertThat(DeadLetter.marked(record(null))).contains(new RecordId(0, 7));
		assertThat(DeadLetter.marked(record("hello"))).as("it has a value").isEmpty();
		add("cause", "it has no value");
		assertThat(DeadLetter.marked(record(null))).as("the sender wrote that header").isEqualTo(Optional.empty());
	}

	private void origin(String topic, int partition, long offset) {
		add("kafka_dlt-original-topic", topic);
		this.headers.add("kafka_dlt-original-partition", number(Integer.BYTES, partition));
		this.headers.add("kafka_dlt-original-offset", number(Long.BYTES, offset));
		this.headers.add("kafka_dlt-original-timestamp", number(Long.BYTES, AT.toEpochMilli()));
	}

	private void add(String name, String value) {
		this.headers.add(name, value.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] number(int bytes, long number) {
		ByteBuffer buffer = ByteBuffer.allocate(bytes);
		return ((bytes == Integer.BYTES) ? buffer.putInt((int) number) : buffer.putLong(number)).array();
	}

	private ConsumerRecord<byte[], byte[]> record(@Nullable String value) {
		return new ConsumerRecord<>("orders-dlt", 0, 12, AT.toEpochMilli(), TimestampType.CREATE_TIME, 0, 0, null,
				(value != null) ? value.getBytes(StandardCharsets.UTF_8) : null, this.headers, Optional.empty());
	}

	private static ConsumerRecord<byte[], byte[]> original(Instant at, int bytes) {
		return new ConsumerRecord<>("orders", 1, 42, at.toEpochMilli(), TimestampType.CREATE_TIME, 0, bytes, null,
				new byte[0], new RecordHeaders(List.of()), Optional.empty());
	}

	private static String text(Header header) {
		return header.key() + ": " + new String(header.value(), StandardCharsets.UTF_8);
	}

}
