package lab.console.compare.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The figures of {@code docs/rebalance.md} are those of a run, which stands beside it.
 */
class RebalanceDocumentTests {

	private static final Path DOCS = Path.of(System.getProperty("lab.home"), "docs");

	@ParameterizedTest
	@CsvSource({ "EN, rebalance.md", "KO, rebalance.ko.md" })
	void theTableIsThatOfTheRun(Language language, String document) throws IOException {
		Results results = JsonMapper.builder()
			.build()
			.readValue(Files.readString(DOCS.resolve("rebalance.json")), Results.class);
		assertThat(results.rows()).hasSizeGreaterThan(20);
		assertThat(Files.readString(DOCS.resolve(document)))
			.contains(new MarkdownReport(Messages.in(language)).text(results));
	}

}
