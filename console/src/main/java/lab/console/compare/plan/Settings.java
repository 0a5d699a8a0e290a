package lab.console.compare.plan;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.OptionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The settings that can be compared. Those as shipped name Kafka's defaults explicitly
 * where the lab's broker or the product's profile has others. Members poll at most 50
 * records at a time.
 */
public final class Settings {

	/**
	 * Placeholder for the member's name in the value of a setting.
	 */
	public static final String MEMBER = "{member}";

	private static final Map<String, String> COOPERATIVE = Map.of("group.protocol", "classic",
			"partition.assignment.strategy", CooperativeStickyAssignor.class.getName());

	private static final Map<String, String> TUNED = Map.of("metadata.max.age.ms", "1000", "heartbeat.interval.ms",
			"500", "session.timeout.ms", "6000");

	/**
	 * All settings; the first is that of the lab's services.
	 */
	public static final List<Setting> KNOWN = List.of(
			new Setting("consumer-tuned", "consumer", Map.of("group.protocol", "consumer"),
					timings("consumer", 500, 5000)),
			new Setting("classic-tuned", "classic", with(Map.of("group.protocol", "classic"), TUNED), Map.of()),
			new Setting("cooperative-tuned", "cooperative", with(COOPERATIVE, TUNED), Map.of()),
			new Setting("consumer", "consumer", Map.of("group.protocol", "consumer"), timings("consumer", 5000, 45000)),
			new Setting("classic", "classic", Map.of("group.protocol", "classic"), Map.of()),
			new Setting("cooperative", "cooperative", COOPERATIVE, Map.of()),
			new Setting("static", "static", with(COOPERATIVE, Map.of("group.instance.id", MEMBER)), Map.of()),
			new Setting("share", "share", Map.of("max.poll.records", "50", "share.acquire.mode", "batch_optimized"),
					with(timings("share", 5000, 45000), Map.of("share.auto.offset.reset", "earliest"))));

	/**
	 * The names in {@link #KNOWN} that {@code lab compare --quick} compares.
	 */
	public static final List<String> QUICK = List.of("consumer-tuned", "consumer", "classic-tuned", "classic",
			"cooperative");

	/**
	 * Consumer settings that the comparison makes itself.
	 */
	private static final Set<String> TAKEN = Set.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
			ConsumerConfig.GROUP_ID_CONFIG, ConsumerConfig.CLIENT_ID_CONFIG,
			ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

	private Settings() {
	}

	/**
	 * Returns the settings of the given names or protocols in the order of
	 * {@link #KNOWN}; all of them if no name is given.
	 * @throws OptionException if a name is unknown
	 */
	public static List<Setting> named(List<String> names, Messages messages) {
		List<Setting> found = KNOWN.stream()
			.filter((setting) -> names.isEmpty() || names.contains(setting.name()) || names.contains(setting.profile()))
			.toList();
		for (String name : names) {
			if (found.stream().noneMatch((setting) -> name.equals(setting.name()) || name.equals(setting.profile()))) {
				throw new OptionException(messages.get("compare.protocol-unknown", name,
						KNOWN.stream().map(Setting::name).collect(Collectors.joining(", "))));
			}
		}
		return found;
	}

	/**
	 * Reads consumer settings from a properties file. Their name is that of the file.
	 * @throws LabException if the file cannot be read, or Kafka's consumer does not know
	 * or does not accept a setting
	 */
	public static Setting read(Path file, Messages messages) {
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(file)) {
			properties.load(reader);
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new LabException(messages.get("cluster.config-file", file), ex);
		}
		Map<String, String> client = new TreeMap<>();
		properties.stringPropertyNames().forEach((name) -> client.put(name, properties.getProperty(name).strip()));
		check(file, client, messages);
		String protocol = client.getOrDefault(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic").toLowerCase(Locale.ROOT);
		client.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol);
		String name = Optional.ofNullable(file.getFileName())
			.map(Path::toString)
			.orElse("own")
			.replaceFirst("\\.[^.]*$", "");
		return new Setting(name, protocol, client, Map.of());
	}

	private static void check(Path file, Map<String, String> client, Messages messages) {
		Set<String> unknown = new TreeSet<>(client.keySet());
		unknown.removeAll(ConsumerConfig.configNames());
		if (!unknown.isEmpty()) {
			throw new LabException(messages.get("compare.config-unknown", file, String.join(", ", unknown)));
		}
		Set<String> taken = new TreeSet<>(client.keySet());
		taken.retainAll(TAKEN);
		if (!taken.isEmpty()) {
			throw new LabException(messages.get("compare.config-taken", file, String.join(", ", taken)));
		}
		try {
			Map<String, Object> whole = new TreeMap<>(client);
			whole.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
			whole.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
			whole.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
			new ConsumerConfig(whole);
		}
		catch (ConfigException ex) {
			throw new LabException(messages.get("compare.config-refused", file, ex.getMessage()), ex);
		}
	}

	private static Map<String, String> timings(String kind, int heartbeatMs, int sessionMs) {
		return new TreeMap<>(Map.of(kind + ".heartbeat.interval.ms", String.valueOf(heartbeatMs),
				kind + ".session.timeout.ms", String.valueOf(sessionMs)));
	}

	private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
		Map<String, String> all = new TreeMap<>(some);
		all.putAll(more);
		return all;
	}

}
