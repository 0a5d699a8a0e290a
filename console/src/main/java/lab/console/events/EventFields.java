package lab.console.events;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import lab.console.terminal.Json;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The fields of an event. Anybody may write to the topics of the events, so that each
 * method validates what it reads, and throws {@link IllegalArgumentException} where a
 * field is missing or not what it should be.
 *
 * @param json the event as it was published
 */
record EventFields(JsonNode json) {

	/**
	 * A topic's name as Kafka allows it, and a partition's number.
	 */
	private static final Pattern PARTITION = Pattern.compile("([a-zA-Z0-9._-]{1,249})-(0|[1-9][0-9]{0,9})");

	private static final int MAX_NAME_LENGTH = 255;

	/**
	 * Later instants, and earlier ones than 1970, are no times of an event, and some of
	 * them cannot be computed with.
	 */
	private static final Instant MAX_INSTANT = Instant.parse("9999-12-31T23:59:59Z");

	/**
	 * Parses a record's value.
	 * @param event makes the event of its fields
	 * @return empty where the value is not a well-formed event
	 */
	static <T> Optional<T> parse(byte @Nullable [] value, Function<EventFields, T> event) {
		if (value == null) {
			return Optional.empty();
		}
		try {
			JsonNode json = Json.read(new String(value, StandardCharsets.UTF_8));
			return json.isObject() ? Optional.of(event.apply(new EventFields(json))) : Optional.empty();
		}
		catch (JacksonException | DateTimeException | IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/**
	 * A name, without control characters.
	 */
	String name(String field) {
		String name = text(field);
		if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
			throw new IllegalArgumentException(field + " is blank or too long");
		}
		return name;
	}

	/**
	 * A text, its control characters replaced by spaces.
	 */
	String text(String field) {
		JsonNode text = this.json.path(field);
		if (!text.isString()) {
			throw new IllegalArgumentException(field + " is not a string");
		}
		return text.stringValue().replaceAll("\\p{Cc}", " ");
	}

	/**
	 * @return null where the event does not have the field
	 */
	@Nullable String optionalText(String field) {
		return this.json.hasNonNull(field) ? text(field) : null;
	}

	int nonNegativeInt(String field) {
		int number = integer(field);
		if (number < 0) {
			throw new IllegalArgumentException(field + " is negative");
		}
		return number;
	}

	int integer(String field) {
		JsonNode number = this.json.path(field);
		if (!number.isIntegralNumber() || !number.canConvertToInt()) {
			throw new IllegalArgumentException(field + " is not an int");
		}
		return number.intValue();
	}

	long nonNegativeLong(String field) {
		JsonNode number = this.json.path(field);
		if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
			throw new IllegalArgumentException(field + " is not a long, or negative");
		}
		return number.longValue();
	}

	/**
	 * @return false where the event does not have the field
	 */
	boolean flag(String field) {
		JsonNode flag = this.json.path(field);
		if (!flag.isMissingNode() && !flag.isBoolean()) {
			throw new IllegalArgumentException(field + " is not true or false");
		}
		return flag.asBoolean(false);
	}

	Instant instant(String field) {
		Instant instant = Instant.parse(text(field));
		if (instant.isBefore(Instant.EPOCH) || instant.isAfter(MAX_INSTANT)) {
			throw new IllegalArgumentException(field + " is out of range");
		}
		return instant;
	}

	/**
	 * Partitions, each written as {@code topic-number}.
	 */
	List<TopicPartition> partitions(String field) {
		JsonNode names = this.json.path(field);
		if (!names.isArray()) {
			throw new IllegalArgumentException(field + " is not an array");
		}
		return names.valueStream().map(EventFields::partition).toList();
	}

	private static TopicPartition partition(JsonNode name) {
		Matcher matcher = PARTITION.matcher(name.isString() ? name.stringValue() : "");
		if (!matcher.matches()) {
			throw new IllegalArgumentException(name + " is not a partition");
		}
		// a NumberFormatException, which is an IllegalArgumentException, above 2^31 - 1
		return new TopicPartition(matcher.group(1), Integer.parseInt(matcher.group(2)));
	}

}
