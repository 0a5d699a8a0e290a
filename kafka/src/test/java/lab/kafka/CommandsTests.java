package lab.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * The class names in kafka-run-class and the image tags in the Compose files match the
 * Kafka version of the build.
 */
class CommandsTests {

	private static final Path BIN = Path.of("bin");

	@ParameterizedTest
	@ValueSource(strings = { "docker-compose.yml", "docker-compose.brokers.yml" })
	void theImageIsOfTheSameVersionAsTheClients(String file) throws IOException {
		assertThat(Files.readAllLines(Path.of(file))).filteredOn((line) -> line.contains("image: apache/kafka"))
			.singleElement()
			.asString()
			.isEqualToIgnoringWhitespace("image: apache/kafka:" + AppInfoParser.getVersion());
	}

	@Test
	void everyCommandIsALinkToTheOneScript() throws IOException {
		try (Stream<Path> commands = Files.list(BIN)) {
			assertThat(commands.map((command) -> command.getFileName().toString())).contains("kafka-run-class")
				.containsAll(classes().map((row) -> row.get(0)).toList())
				.hasSize(1 + (int) classes().count());
		}
	}

	@ParameterizedTest
	@MethodSource("classes")
	void everyCommandNamesAClassThatKafkaHas(List<String> row) {
		assertThat(BIN.resolve(row.get(0))).isSymbolicLink().isExecutable();
		assertThatNoException().as("class of %s", row.get(0))
			.isThrownBy(() -> Class.forName(row.get(1)).getMethod("main", String[].class));
	}

	static Stream<List<String>> classes() throws IOException {
		Matcher row = Pattern.compile("((?:kafka|connect)-[a-z-]+)\\) class=([\\w.]+)")
			.matcher(Files.readString(BIN.resolve("kafka-run-class")));
		return row.results().map((match) -> List.of(match.group(1), match.group(2)));
	}

}
