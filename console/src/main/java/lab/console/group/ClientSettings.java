package lab.console.group;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;

/**
 * The settings of Kafka clients: those in the file of {@code --command-config}, which is
 * one for Kafka's own commands, and timeouts that fit to them.
 */
public final class ClientSettings {

	private static final Duration API_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * The marks of UTF-8 and UTF-16 at the beginning of a file, as editors on Windows
	 * write them.
	 */
	private static final char BYTE_ORDER_MARK = '\uFEFF';

	/**
	 * A value that is shorter occurs in a message by chance.
	 */
	private static final int MIN_VALUE_LENGTH = 4;

	/**
	 * Words of Kafka's messages and the settings that they are about.
	 */
	private static final Map<String, String> KEYS = Map.of("JAAS", "sasl.jaas.config", "key store password",
			"ssl.keystore.password", "trust store password", "ssl.truststore.password", "keystore password",
			"ssl.keystore.password or ssl.truststore.password");

	private ClientSettings() {
	}

	/**
	 * The settings that the options ask for.
	 * @throws LabException when their file cannot be read
	 */
	static Properties of(LabOptions options) {
		Properties client = new Properties();
		options.commandConfig().ifPresent((file) -> client.putAll(read(file, options.messages())));
		client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, options.bootstrapServer());
		addTimeouts(client);
		return client;
	}

	/**
	 * Adds the timeouts that are not set. Kafka refuses a request timeout that is longer
	 * than that of the whole call.
	 */
	private static void addTimeouts(Properties client) {
		Long whole = millis(client, CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
		Long request = millis(client, CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG);
		client.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
				String.valueOf((request != null) ? Math.max(API_TIMEOUT.toMillis(), request) : API_TIMEOUT.toMillis()));
		client.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, String
			.valueOf((whole != null) ? Math.min(REQUEST_TIMEOUT.toMillis(), whole) : REQUEST_TIMEOUT.toMillis()));
	}

	/**
	 * The number, null where there is none: Kafka says what is wrong with it.
	 */
	private static @Nullable Long millis(Properties client, String key) {
		String value = client.getProperty(key, "").strip();
		return value.matches("\\d{1,10}") ? Long.valueOf(value) : null;
	}

	private static Properties read(Path file, Messages messages) {
		Properties properties = new Properties();
		try {
			String text = text(Files.readAllBytes(file));
			properties.load(new StringReader(text));
			return properties;
		}
		catch (NoSuchFileException ex) {
			throw new LabException(messages.get("cluster.no-config-file", file), ex);
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new LabException(messages.get("cluster.config-file", file), ex);
		}
	}

	/**
	 * The text in UTF-8, or else in Latin-1, in which Kafka's own commands read it; in
	 * UTF-16 where it begins with the mark of that.
	 */
	private static String text(byte[] bytes) {
		boolean wide = bytes.length > 1 && (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF
				|| bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE);
		Charset charset = wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
		try {
			String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			return new String(bytes, StandardCharsets.ISO_8859_1);
		}
	}

	/**
	 * What a client says is wrong with its settings, and which of them, as far as its
	 * messages name a setting or its value. The outer messages are often only "Failed to
	 * create new NetworkClient".
	 */
	public static String problem(Throwable thrown, Properties client) {
		List<String> causes = new ArrayList<>();
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			String message = String.valueOf(cause.getMessage()).strip().replaceFirst("^[a-z.]+\\.[A-Z]\\w+: ", "");
			if (cause instanceof NoSuchFileException) {
				causes.add(NoSuchFileException.class.getSimpleName());
			}
			else if (cause.getMessage() != null && !message.startsWith("Failed to c")
					&& causes.stream().noneMatch((other) -> other.contains(message))) {
				causes.add(message);
			}
		}
		String told = causes.isEmpty() ? String.valueOf(thrown.getMessage()) : String.join(": ", causes);
		Set<String> keys = new TreeSet<>();
		for (String key : client.stringPropertyNames()) {
			String value = client.getProperty(key, "");
			if (!told.contains(key) && value.length() >= MIN_VALUE_LENGTH && told.contains(value)) {
				keys.add(key);
			}
		}
		KEYS.forEach((words, key) -> {
			if (told.contains(words) && !told.contains(key)) {
				keys.add(key);
			}
		});
		return keys.isEmpty() ? told : told + " (" + String.join(", ", keys) + ")";
	}

	/**
	 * An address without the name of the listener that may stand before it, as in
	 * {@code PLAINTEXT://localhost:9092}. Kafka's clients accept that too.
	 */
	public static String address(String server) {
		return server.strip().replaceFirst("^[A-Za-z0-9_%.-]*://", "");
	}

}
