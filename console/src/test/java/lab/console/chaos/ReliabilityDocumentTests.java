package lab.console.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import lab.console.fault.TestLab;
import lab.console.terminal.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The figures of {@code docs/reliability.md} are those of the runs in
 * {@code docs/reliability/}.
 */
class ReliabilityDocumentTests {

	private static final Path DOCS = TestLab.ROOT.resolve("docs");

	@ParameterizedTest
	@ValueSource(strings = { "reliability.md", "reliability.ko.md" })
	void hasTheSumsOfTheRuns(String document) throws IOException {
		assertThat(Files.readString(DOCS.resolve(document))).contains(sums());
	}

	private static String sums() throws IOException {
		List<LedgerRow> runs = Files.readAllLines(DOCS.resolve("reliability/seeds.jsonl"))
			.stream()
			.map((line) -> Json.read(line, LedgerRow.class))
			.toList();
		assertThat(runs).isNotEmpty();
		return "```\n" + String.join("\n", LedgerSums.lines(runs)) + "\n```";
	}

}
