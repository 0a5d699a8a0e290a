package lab.console.terminal;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results for programs: one JSON object a line, times in ISO 8601.
 */
public final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private Json() {
	}

	public static String line(Object value) {
		return MAPPER.writeValueAsString(value);
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

}
