package lab.console.terminal;

import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results for programs: one JSON object a line, times in ISO 8601.
 */
public final class Json {

	/**
	 * The control characters that JSON allows.
	 */
	private static final Pattern C1 = Pattern.compile("[\u007F-\u009F]");

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private Json() {
	}

	/**
	 * The value as one line without control characters.
	 */
	public static String line(Object value) {
		return C1.matcher(MAPPER.writeValueAsString(value))
			.replaceAll((control) -> "\\\\u%04x".formatted((int) control.group().charAt(0)));
	}

	/**
	 * The value as a tree of JSON nodes.
	 */
	public static ObjectNode tree(Object value) {
		return MAPPER.valueToTree(value);
	}

	public static JsonNode read(String json) {
		return MAPPER.readTree(json);
	}

	/**
	 * Reads a value of that type.
	 * @throws tools.jackson.core.JacksonException if it is not JSON, not of that type, or
	 * null
	 */
	public static <T> T read(String json, Class<T> type) {
		T value = MAPPER.readValue(json, type);
		if (value == null) {
			throw MismatchedInputException.from(null, type, "null is no value");
		}
		return value;
	}

}
