package lab.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of a member: the command line of a Spring Boot program, from which
 * {@link PlainMember} reads its settings, too.
 *
 * @param arguments {@code --name=value} each
 */
record MemberSettings(List<String> arguments) {

	private static final Pattern CLIENT_SETTING = Pattern.compile("spring\\.kafka\\.(consumer\\.)?properties\\[(.+)]");

	String[] toArray() {
		return this.arguments.toArray(String[]::new);
	}

	/**
	 * Returns the value of a setting.
	 * @throws IllegalArgumentException if it is missing
	 */
	String get(String name) {
		String value = all().get(name);
		if (value == null) {
			throw new IllegalArgumentException("--%s=... is missing".formatted(name));
		}
		return value;
	}

	/**
	 * Returns the settings of a Kafka client by Kafka's names.
	 * @param consumer whether to include the settings for consumers only
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
