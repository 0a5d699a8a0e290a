package lab.console.group;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A file that Kafka's own commands accept is accepted here, and what is wrong with one is
 * said with its key.
 */
class ClientSettingsTests {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource({ "request.timeout.ms=30000, 30000, 30000", "request.timeout.ms=7000, 10000, 7000",
			"default.api.timeout.ms=3000, 3000, 3000", "default.api.timeout.ms=60000, 60000, 5000",
			"request.timeout.ms = 20000 , 20000, 20000", "client.id=x, 10000, 5000" })
	void theTimeoutsFitToThoseOfTheFile(String line, String whole, String request) throws IOException {
		Properties client = settings(line, StandardCharsets.UTF_8);
		assertThat(client.getProperty("default.api.timeout.ms").strip()).isEqualTo(whole);
		assertThat(client.getProperty("request.timeout.ms").strip()).isEqualTo(request);
		Admin.create(client).close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-8", "ISO-8859-1", "UTF-16" })
	void theFileMayBeInAnyOfTheUsualCharsets(String charset) throws IOException {
		assertThat(settings("# clé privée\nclient.id=kim\n", Charset.forName(charset)).getProperty("client.id"))
			.isEqualTo("kim");
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-8", "UTF-16LE" })
	void aByteOrderMarkIsNoPartOfTheFirstKey(String charset) throws IOException {
		assertThat(settings("\uFEFFsecurity.protocol=SSL\n", Charset.forName(charset)).getProperty("security.protocol"))
			.isEqualTo("SSL");
	}

	@Test
	void aFileThatIsMissingIsSaidToBe() {
		assertThatExceptionOfType(LabException.class).isThrownBy(() -> ClientSettings.of(options("nope")))
			.withMessageContaining("nope")
			.withMessageContaining("does not exist");
	}

	@ParameterizedTest
	@CsvSource({
			"security.protocol=SSL;ssl.truststore.location=/nope/trust.jks, /nope/trust.jks, ssl.truststore.location",
			"security.protocol=SASL_PLAINTEXT;sasl.mechanism=PLAIN, JAAS, sasl.jaas.config",
			"security.protocol=SSL;ssl.keystore.location=/nope/key, key store password, ssl.keystore.password",
			"security.protocol=SASL_PLAINTEXT;sasl.mechanism=PLAIN;sasl.jaas.config=nonsense, JAAS, sasl.jaas.config",
			"security.protocol=NOPE, NOPE, security.protocol" })
	void whatIsWrongIsSaidWithItsKey(String lines, String reason, String key) throws IOException {
		Properties client = settings(lines.replace(';', '\n'), StandardCharsets.UTF_8);
		KafkaException refused = catchThrowableOfType(KafkaException.class, () -> Admin.create(client).close());
		assertThat(ClientSettings.problem(refused, client)).contains(reason, key).doesNotContain("NetworkClient");
	}

	@ParameterizedTest
	@CsvSource({ "PLAINTEXT://localhost:9092, localhost:9092", "SASL_SSL://[::1]:9, [::1]:9", "host:1, host:1",
			"' a:1', a:1" })
	void theNameOfTheListenerIsNoPartOfTheAddress(String server, String address) {
		assertThat(ClientSettings.address(server)).isEqualTo(address);
	}

	private Properties settings(String text, Charset charset) throws IOException {
		Files.write(this.folder.resolve("client.properties"), text.getBytes(charset));
		return ClientSettings.of(options("client.properties"));
	}

	private LabOptions options(String file) {
		return CommandLine.populateCommand(new LabOptions(), "--bootstrap-server", "localhost:1", "--lang=EN",
				"--command-config", this.folder.resolve(file).toString());
	}

}
