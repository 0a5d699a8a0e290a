package lab.console.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a record in a dead letter topic tell, as Spring and the product
 * write them. Anybody may write such headers, so that each is validated.
 *
 * @param id where it is in the dead letter topic
 * @param at when it was written there
 * @param origin where the record came from; null where the headers do not tell
 * @param cause why it could not be handled; null where the headers do not tell
 * @param returns how often the record had been returned before it came here
 * @param returned whether this dead letter has been returned
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetter(RecordId id, Instant at, @Nullable OriginalPosition origin, @Nullable String cause,
		int returns, boolean returned) {

	/** Counts in a returned record how often it was returned. */
	static final String RETURNS = "dlt-returns";

	/** In a mark: the offset of the dead letter that was returned. */
	private static final String RETURNED = "dlt-returned";

	private static final String SPRINGS = "kafka_dlt-";

	static final String ORIGINAL_PARTITION = SPRINGS + "original-partition";

	static final String ORIGINAL_OFFSET = SPRINGS + "original-offset";

	static final String ORIGINAL_TIMESTAMP = SPRINGS + "original-timestamp";

	private static final String ORIGINAL_TOPIC = SPRINGS + "original-topic";

	private static final String EXCEPTION = SPRINGS + "exception-message";

	private static final String CAUSE = "cause";

	/** A sender's own {@value #CAUSE}, which the product keeps under this name. */
	private static final String SENDERS_CAUSE = "original-cause";

	/** Says of a record without its value where the original is. */
	private static final String OMITTED = "omitted";

	private static final Pattern WHERE = Pattern
		.compile("a value of (\\d{1,9}) bytes.* it is in ([A-Za-z0-9._-]{1,249})-(\\d{1,9}) at offset (\\d{1,18})");

	private static final Pattern TOPIC = Pattern.compile("(?!__)[A-Za-z0-9._-]{1,249}");

	private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

	private static final Pattern OFFSET = Pattern.compile("\\d{1,18}");

	/**
	 * Where the record was that could not be handled.
	 *
	 * @param at its timestamp; null where it is not told
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record OriginalPosition(String topic, int partition, long offset, @Nullable Instant at) {

		TopicPartition topicPartition() {
			return new TopicPartition(this.topic, this.partition);
		}

		@Override
		public String toString() {
			return "%s-%d @ %d".formatted(this.topic, this.partition, this.offset);
		}

	}

	public static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
		String cause = text(record, CAUSE);
		return new DeadLetter(id(record), Instant.ofEpochMilli(Math.max(0, record.timestamp())),
				origin(record).orElse(null), (cause != null) ? cause : text(record, EXCEPTION), returns(record), false);
	}

	/**
	 * The topic that takes the dead letters of a topic.
	 */
	public static String topic(String topic) {
		return topic + "-dlt";
	}

	/**
	 * Replaces the cause, which is as long as its writer likes, and may quote the record.
	 * @param cause null to leave it out
	 */
	public DeadLetter withCause(@Nullable String cause) {
		return new DeadLetter(this.id, this.at, this.origin, cause, this.returns, this.returned);
	}

	DeadLetter returned(boolean returned) {
		return new DeadLetter(this.id, this.at, this.origin, this.cause, this.returns, returned);
	}

	/**
	 * How long ago it was written, in the largest unit that fits: {@code 12s},
	 * {@code 3m}, {@code 5h} or {@code 4d}.
	 */
	String age(Instant now) {
		Duration age = Duration.between(this.at, now);
		if (age.toMinutes() < 1) {
			return Math.max(0, age.toSeconds()) + "s";
		}
		if (age.toHours() < 1) {
			return age.toMinutes() + "m";
		}
		return (age.toDays() < 1) ? age.toHours() + "h" : age.toDays() + "d";
	}

	static RecordId id(ConsumerRecord<byte[], byte[]> record) {
		return new RecordId(record.partition(), record.offset());
	}

	/**
	 * Returns which dead letter of the same partition was returned, if the record is the
	 * mark of that. Dead letters of the product have a cause, marks have none.
	 */
	static Optional<RecordId> marked(ConsumerRecord<byte[], byte[]> record) {
		String offset = text(record, RETURNED);
		boolean mark = offset != null && OFFSET.matcher(offset).matches() && record.value() == null
				&& text(record, CAUSE) == null && text(record, ORIGINAL_TOPIC) == null;
		return mark ? Optional.of(new RecordId(record.partition(), Long.parseLong(offset))) : Optional.empty();
	}

	/**
	 * The headers of a mark.
	 */
	static List<Header> mark(long offset) {
		return List.of(header(RETURNED, String.valueOf(offset)));
	}

	/**
	 * How often the record was returned; 0 where its header is no number.
	 */
	static int returns(ConsumerRecord<byte[], byte[]> record) {
		String count = text(record, RETURNS);
		return (count != null && COUNT.matcher(count).matches()) ? Integer.parseInt(count) : 0;
	}

	/**
	 * Whether the value was too large for the dead letter topic.
	 */
	static boolean isOmitted(ConsumerRecord<byte[], byte[]> record) {
		return record.value() == null && text(record, OMITTED) != null;
	}

	/**
	 * Whether that is the record whose value is omitted in the dead letter, and not
	 * another one that has its offset now because the topic was deleted and made again.
	 */
	static boolean isOriginal(ConsumerRecord<byte[], byte[]> candidate, ConsumerRecord<byte[], byte[]> letter) {
		Instant at = origin(letter).map(OriginalPosition::at).orElse(null);
		Matcher where = WHERE.matcher(String.valueOf(text(letter, OMITTED)));
		return (at == null || candidate.timestamp() == at.toEpochMilli())
				&& (!where.matches() || candidate.serializedValueSize() == Integer.parseInt(where.group(1)));
	}

	/**
	 * The headers that the record had before it came to the dead letter topic.
	 */
	static List<Header> originalHeaders(ConsumerRecord<byte[], byte[]> letter) {
		List<Header> headers = new ArrayList<>();
		for (Header header : letter.headers()) {
			if (header.key().equals(SENDERS_CAUSE)) {
				headers.add(new RecordHeader(CAUSE, header.value()));
			}
			else if (!header.key().startsWith(SPRINGS) && !header.key().equals(CAUSE)) {
				headers.add(header);
			}
		}
		return headers;
	}

	static Header header(String name, String value) {
		return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
	}

	private static Optional<OriginalPosition> origin(ConsumerRecord<byte[], byte[]> record) {
		String topic = text(record, ORIGINAL_TOPIC);
		Optional<Long> partition = number(record, ORIGINAL_PARTITION, Integer.BYTES);
		Optional<Long> offset = number(record, ORIGINAL_OFFSET, Long.BYTES);
		if (topic == null || partition.isEmpty() || offset.isEmpty()) {
			return omittedOrigin(record);
		}
		return TOPIC.matcher(topic).matches()
				? Optional.of(new OriginalPosition(topic, partition.get().intValue(), offset.get(),
						number(record, ORIGINAL_TIMESTAMP, Long.BYTES).map(Instant::ofEpochMilli).orElse(null)))
				: Optional.empty();
	}

	/**
	 * The origin of a record of which not even Spring's headers had room.
	 */
	private static Optional<OriginalPosition> omittedOrigin(ConsumerRecord<byte[], byte[]> record) {
		Matcher where = WHERE.matcher(isOmitted(record) ? String.valueOf(text(record, OMITTED)) : "");
		return (where.matches() && TOPIC.matcher(where.group(2)).matches())
				? Optional.of(new OriginalPosition(where.group(2), Integer.parseInt(where.group(3)),
						Long.parseLong(where.group(4)), null))
				: Optional.empty();
	}

	/**
	 * A number that Spring writes as bytes; empty where it is not that long or negative.
	 */
	static Optional<Long> number(ConsumerRecord<byte[], byte[]> record, String name, int bytes) {
		Header header = record.headers().lastHeader(name);
		if (header == null || header.value() == null || header.value().length != bytes) {
			return Optional.empty();
		}
		ByteBuffer buffer = ByteBuffer.wrap(header.value());
		long number = (bytes == Integer.BYTES) ? buffer.getInt() : buffer.getLong();
		return (number >= 0) ? Optional.of(number) : Optional.empty();
	}

	private static @Nullable String text(ConsumerRecord<byte[], byte[]> record, String name) {
		Header header = record.headers().lastHeader(name);
		return (header != null && header.value() != null) ? new String(header.value(), StandardCharsets.UTF_8) : null;
	}

}
