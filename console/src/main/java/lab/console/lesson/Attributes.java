package lab.console.lesson;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import lab.console.terminal.BrokerKind;
import org.jspecify.annotations.Nullable;

/**
 * The attributes in the info string of a fenced block, after its first word:
 * {@code service=product1 ready="Started ProductApplication"}.
 */
public record Attributes(Map<String, String> values) {

	private static final Pattern ATTRIBUTE = Pattern
		.compile("\\G\\s*([a-z]+)(?:=(?:\"([^\"]*)\"|([^\\s\"]+)))?(?=\\s|$)");

	private static final Pattern DURATION = Pattern.compile("(\\d+)(s|m)");

	/**
	 * Reads the attributes.
	 * @param allowed the names that the block may have, beside {@code only}
	 * @throws IllegalArgumentException naming the text that is not allowed
	 */
	public static Attributes parse(String text, Set<String> allowed) {
		Map<String, String> values = new LinkedHashMap<>();
		Matcher matcher = ATTRIBUTE.matcher(text);
		int end = 0;
		while (matcher.find()) {
			String value = (matcher.group(2) != null) ? matcher.group(2) : matcher.group(3);
			if (!allowed.contains(matcher.group(1)) && !matcher.group(1).equals("only")) {
				throw new IllegalArgumentException(matcher.group(1));
			}
			values.put(matcher.group(1), (value != null) ? value : "");
			end = matcher.end();
		}
		if (!text.substring(end).isBlank()) {
			throw new IllegalArgumentException(text.substring(end).strip());
		}
		return new Attributes(values);
	}

	public boolean has(String name) {
		return this.values.containsKey(name);
	}

	public @Nullable String get(String name) {
		return this.values.get(name);
	}

	String required(String name) {
		String value = this.values.get(name);
		if (value == null || value.isEmpty()) {
			throw new IllegalArgumentException(name + "=");
		}
		return value;
	}

	Duration duration(String name, Duration otherwise) {
		String value = this.values.get(name);
		if (value == null) {
			return otherwise;
		}
		Matcher matcher = DURATION.matcher(value);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(name + "=" + value);
		}
		long number = Long.parseLong(matcher.group(1));
		return matcher.group(2).equals("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
	}

	int number(String name, int otherwise) {
		String value = this.values.get(name);
		if (value == null) {
			return otherwise;
		}
		if (!value.matches("\\d{1,3}")) {
			throw new IllegalArgumentException(name + "=" + value);
		}
		return Integer.parseInt(value);
	}

	@Nullable BrokerKind only() {
		String value = this.values.get("only");
		if (value == null) {
			return null;
		}
		return switch (value) {
			case "embedded" -> BrokerKind.EMBEDDED;
			case "docker" -> BrokerKind.DOCKER;
			default -> throw new IllegalArgumentException("only=" + value);
		};
	}

}
