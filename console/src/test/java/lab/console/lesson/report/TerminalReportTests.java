package lab.console.lesson.report;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import lab.console.lesson.Block.Answer;
import lab.console.lesson.CheckResult;
import lab.console.lesson.LessonParser;
import lab.console.lesson.Renaming;
import lab.console.lesson.report.Observation.Source;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import lab.console.terminal.Terminal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TerminalReportTests {

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	private final TerminalReport report = new TerminalReport(
			new Terminal(new PrintStream(this.printed, true, StandardCharsets.UTF_8), false, false),
			Messages.in(Language.EN), new BufferedReader(Reader.nullReader()), 20);

	@Test
	void theQuestionOfTheSelfTestIsAboveItsAnswer() {
		LessonParser
			.parse("01-one",
					"# A\n\n## Test yourself\n\n<details>\n<summary>How long does it keep them?</summary>\n\n"
							+ "One hour.\n\nAs before.\n\n</details>\n",
					Renaming.NONE)
			.step(1)
			.blocks()
			.forEach((block) -> this.report.tell((Answer) block));
		assertThat(this.printed.toString(StandardCharsets.UTF_8).lines()).containsExactly("", "How long does it",
				"keep them?", "", "One hour.", "", "As before.");
	}

	/**
	 * As a Spring service prints a mistake in its configuration: the cause is in the
	 * first lines, and hundreds of stack frames follow.
	 */
	@Test
	void stackFramesDoNotHideTheCauseOfAFailure() {
		List<String> output = new ArrayList<>();
		output.add("found character '\\t(TAB)' that cannot start any token");
		for (int i = 0; i < 200; i++) {
			output.add("\tat org.yaml.snakeyaml.scanner.ScannerImpl.fetchMoreTokens(ScannerImpl.java:%d)".formatted(i));
			output.add("\tat java.base/java.lang.Thread.run(Thread.java:840) ~[na:na]");
		}
		output.add("\t... 12 common frames omitted");
		output.add("look at (this) line");
		this.report.observed(new Observation(null, "start", output, Source.SERVICE,
				List.of(new CheckResult("product1 was given", null, false)), Duration.ZERO));
		assertThat(this.printed.toString(StandardCharsets.UTF_8)).contains("TAB", "look at (this) line")
			.doesNotContain("ScannerImpl", "Thread.run", "frames omitted");
	}

	@Test
	void saysInWordsWhatMustNotBeThere() {
		this.report.observed(new Observation(null, "look", List.of("too slow"), Source.COMMAND,
				List.of(new CheckResult("!too late", null, true), new CheckResult("!too slow", "too slow", false)),
				Duration.ZERO));
		assertThat(this.printed.toString(StandardCharsets.UTF_8))
			.contains("✓ no line with: too late", "✗ must not appear: too slow", "but appeared: too slow")
			.doesNotContain("not waited for");
	}

	/**
	 * What ended the wait comes first: the other lines might have come later.
	 */
	@Test
	void whatMustNotBeThereEndsTheWaitForTheRest() {
		this.report.observed(new Observation(null, "product1", List.of("was removed"), Source.SERVICE,
				List.of(new CheckResult("handled 20", null, false), new CheckResult("!too long", null, true),
						new CheckResult("!was removed", "was removed", false)),
				Duration.ZERO));
		assertThat(this.printed.toString(StandardCharsets.UTF_8))
			.containsSubsequence("✗ must not appear: was removed", "but appeared: was removed",
					"✗ expected: handled 20", "not waited for any longer")
			.doesNotContain("no such line was seen", "too long");
	}

	@Test
	void aServiceThatEndsEndsTheWaitForItsLines() {
		this.report.observed(new Observation(null, "shipping", List.of(), Source.SERVICE,
				List.of(new CheckResult("Started", null, false),
						new CheckResult("shipping keeps running", "exit status 1", false)),
				Duration.ZERO));
		assertThat(this.printed.toString(StandardCharsets.UTF_8)).containsSubsequence(
				"✗ expected: shipping keeps running", "but seen: exit status 1", "✗ expected: Started",
				"not waited for any longer");
	}

	@Test
	void aLineThatWasAwaitedInVainWasNotSeen() {
		this.report.observed(new Observation(null, "product1", List.of("handled 1"), Source.SERVICE,
				List.of(new CheckResult("handled 1", "handled 1", true), new CheckResult("handled 2", null, false)),
				Duration.ZERO));
		assertThat(this.printed.toString(StandardCharsets.UTF_8)).contains("but no such line was seen")
			.doesNotContain("not waited for");
	}

}
