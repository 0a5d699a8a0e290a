package lab.console.compare.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilderFactory;

import lab.console.compare.report.RangePlot.Theme;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables and plots of {@code docs/rebalance.md} are those of the run in
 * {@code docs/rebalance.json}, and the table of rebalances in {@code docs/performance.md}
 * is that of the run in {@code docs/performance/rebalance.json}.
 */
class RebalanceDocumentTests {

	private static final Path DOCS = Path.of(System.getProperty("lab.home"), "docs");

	private static final Pattern PICTURE = Pattern.compile("(?:src|srcset)=\"rebalance/([^\"]+)\"");

	private final Results results = Results.read(DOCS.resolve("rebalance.json"), Messages.in(Language.EN));

	@ParameterizedTest
	@CsvSource({ "EN, rebalance.md", "KO, rebalance.ko.md" })
	void theTablesAreThoseOfTheRun(Language language, String document) throws IOException {
		MarkdownReport report = new MarkdownReport(Messages.in(language));
		assertThat(this.results.rows()).hasSizeGreaterThan(20);
		assertThat(report.summary(this.results).lines()).as("a head, a line, ten rows").hasSize(2 + 10);
		assertThat(Files.readString(DOCS.resolve(document))).containsSubsequence(report.summary(this.results),
				"<details>", report.text(this.results), "</details>");
	}

	@ParameterizedTest
	@CsvSource({ "EN, performance.md", "KO, performance.ko.md" })
	void theTableAmongThePerformanceIsThatOfItsRun(Language language, String document) throws IOException {
		Results rebalance = Results.read(DOCS.resolve("performance/rebalance.json"), Messages.in(language));
		assertThat(rebalance.rows()).hasSize(3);
		assertThat(Files.readString(DOCS.resolve(document)))
			.contains(new MarkdownReport(Messages.in(language)).text(rebalance).strip());
	}

	@Test
	void thePlotsAreThoseOfTheRun() throws Exception {
		List<RangePlot> plots = RangePlot.of(this.results);
		assertThat(plots).hasSize(3);
		for (RangePlot plot : plots) {
			for (Theme theme : Theme.values()) {
				Path file = DOCS.resolve("rebalance").resolve(plot.fileName(theme));
				assertThat(file).usingCharset(StandardCharsets.UTF_8).hasContent(plot.document(theme));
				Document svg = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile());
				assertThat(svg.getElementsByTagName("title").getLength()).isEqualTo(1);
				assertThat(svg.getElementsByTagName("desc").getLength()).isEqualTo(1);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "EN, rebalance.md", "KO, rebalance.ko.md" })
	void beginsWithThePlotsInBothThemes(Language language, String document) throws IOException {
		String text = Files.readString(DOCS.resolve(document));
		String beforeTheTable = text.substring(0,
				text.indexOf(new MarkdownReport(Messages.in(language)).summary(this.results)));
		assertThat(PICTURE.matcher(beforeTheTable).results().map((MatchResult match) -> match.group(1)))
			.containsExactly("growth-dark.svg", "growth.svg", "rolling-dark.svg", "rolling.svg", "kill-dark.svg",
					"kill.svg");
	}

}
