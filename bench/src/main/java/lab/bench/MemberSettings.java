package lab.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a member is told, as arguments of a Spring Boot program; the bare consumer reads
 * the same ones.
 *
 * @param arguments {@code --name=value} each
 */
record MemberSettings(List<String> arguments) {

	private static final Pattern CLIENT_SETTING = Pattern.compile("spring\\.kafka\\.(consumer\\.)?properties\\[(.+)]");

	String[] toArray() {
		return this.arguments.toArray(String[]::new);
	}

	/**
	 * The value of that name.
	 * @throws IllegalArgumentException if there is none
	 */
	String get(String name) {
		String value = all().get(name);
		if (value == null) {
			throw new IllegalArgumentException("--%s=... is missing".formatted(name));
		}
		return value;
	}

	/**
	 * The settings of Kafka's client, those for all clients or, too, those for consumers.
	 */
	Map<String, Object> client(boolean consumer) {
		Map<String, Object> client = new LinkedHashMap<>();
		client.put("bootstrap.servers", get("spring.kafka.bootstrap-servers"));
		all().forEach((name, value) -> {
			Matcher setting = CLIENT_SETTING.matcher(name);
			if (setting.matches() && (consumer || setting.group(1) == null)) {
				client.put(setting.group(2), value);
			}
		});
		return client;
	}

	private Map<String, String> all() {
		Map<String, String> all = new LinkedHashMap<>();
		for (String argument : this.arguments) {
			String[] parts = argument.replaceFirst("^--", "").split("=", 2);
			all.put(parts[0], (parts.length > 1) ? parts[1] : "");
		}
		return all;
	}

}
