package lab.console.compare;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import lab.console.LabUnderTest;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class CompareCommandTests {

	@TempDir
	private Path folder;

	/**
	 * Nothing is started, and no folder made, for a comparison that cannot be.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					--members 0              | --members must be at least 1, not 0
					--partitions 0           | --partitions must be at least 1, not 0
					--rate 0                 | --rate must be at least 1, not 0
					--repetitions 0          | --repetitions must be at least 1, not 0
					--slow-repetitions -1    | --slow-repetitions must be at least 0, not -1
					--growth 2:2             | --growth is two numbers, fewer partitions before and more after, such as 1:2, not 2:2
					--growth two             | --growth is two numbers
					--scenario growth,shrink | there is no scenario shrink: use one of growth, join, leave
					--protocol eager         | there is no setting eager: use one of consumer-tuned
					--series both            | --series cannot be both: use one of spring, plain.
					--from a.json --rate 5   | --from measures nothing: leave out --rate
					--members 1              | leave, kill and pause need at least 2 members
					""")
	void badInputIsOneSentenceAndNotZero(String arguments, String sentence) {
		Path out = this.folder.resolve("out");
		StringWriter said = new StringWriter();
		CommandLine lab = LabUnderTest.commandLine(Language.EN).setErr(new PrintWriter(said, true));
		List<String> line = new ArrayList<>(List.of("compare", "--out", out.toString()));
		line.addAll(List.of(arguments.split(" ")));
		assertThat(lab.execute(line.toArray(String[]::new))).isNotZero();
		assertThat(said.toString()).contains(sentence);
		assertThat(out).doesNotExist();
	}

	@Test
	void aFolderThatCannotBeWrittenToIsSaidBeforeAnythingIsMeasured() throws Exception {
		Path file = Files.writeString(this.folder.resolve("file"), "");
		StringWriter said = new StringWriter();
		CommandLine lab = LabUnderTest.commandLine(Language.EN).setErr(new PrintWriter(said, true));
		assertThat(lab.execute("compare", "--out", file.resolve("below").toString())).isEqualTo(1);
		assertThat(said.toString()).contains("cannot be written to").contains("--out");
	}

	@Test
	void drawsTheReportOfAnEarlierComparisonAgain() throws Exception {
		Path runs = Files.writeString(this.folder.resolve("runs.jsonl"), "{}");
		Path recorded = Path.of(System.getProperty("lab.home"), "docs", "rebalance.json");
		CommandLine lab = LabUnderTest.commandLine(Language.EN);
		assertThat(lab.execute("compare", "--from", recorded.toString(), "--out", this.folder.toString())).isZero();
		assertThat(this.folder).isDirectoryContaining("glob:**/compare.html")
			.isDirectoryContaining("glob:**/compare.md")
			.isDirectoryContaining("glob:**/growth.svg")
			.isDirectoryContaining("glob:**/growth-dark.svg");
		assertThat(runs).as("runs of the earlier comparison").hasContent("{}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{}", "{\"plan\": {}}", "\u0000" })
	void aFileThatIsNoResultIsOneSentence(String content) throws Exception {
		Path file = Files.writeString(this.folder.resolve("compare.json"), content);
		StringWriter said = new StringWriter();
		CommandLine lab = LabUnderTest.commandLine(Language.EN).setErr(new PrintWriter(said, true));
		Path out = this.folder.resolve("out");
		assertThat(lab.execute("compare", "--from", file.toString(), "--out", out.toString())).isEqualTo(1);
		assertThat(said.toString()).contains("cannot be read as results of lab compare").doesNotContain("Exception");
		assertThat(out).doesNotExist();
	}

}
