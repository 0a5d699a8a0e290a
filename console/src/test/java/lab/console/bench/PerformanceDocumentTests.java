package lab.console.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import lab.console.bench.measure.BenchResults;
import lab.console.bench.run.BenchKind;
import lab.console.fault.TestLab;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The figures of {@code docs/performance.md} are those of the runs in
 * {@code docs/performance/}.
 */
class PerformanceDocumentTests {

	private static final Path DOCS = TestLab.ROOT.resolve("docs");

	@ParameterizedTest
	@CsvSource({ "EN, performance.md", "KO, performance.ko.md" })
	void hasTheTablesOfTheRunsAndTheCommandsThatRepeatThem(Language language, String document) throws IOException {
		String text = Files.readString(DOCS.resolve(document));
		for (BenchKind kind : BenchKind.values()) {
			BenchResults results = Json.read(Files.readString(DOCS.resolve("performance/" + kind + ".json")),
					BenchResults.class);
			List<String> lines = new BenchReport(Messages.in(language)).lines(results);
			assertThat(results.rows()).as(kind.toString()).isNotEmpty();
			assertThat(text).contains("```\n" + String.join("\n", lines) + "\n```")
				.contains(results.command())
				.contains(results.at().toString().substring(0, 10))
				.contains("](performance/" + kind + ".svg)");
			assertThat(DOCS.resolve("performance/" + kind + ".svg")).hasContent(BenchPlots.draw(results));
		}
	}

}
