package lab.console.chaos;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

import lab.console.chaos.fault.Fault;
import lab.console.chaos.run.RunPlan;
import lab.console.instance.Protocol;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lines of runs that have no history.
 */
class LedgerReportTests {

	private static final RunPlan PLAN = new RunPlan(Fault.named("kill", Messages.in(Language.EN)), 7, Protocol.CONSUMER,
			Duration.ofSeconds(10), 50, 2, 4, null);

	private static String printed(boolean json, Language language, Consumer<LedgerReport> runs) {
		PrintStream before = System.out;
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			LedgerReport report = new LedgerReport(json, Messages.in(language));
			runs.accept(report);
			report.print();
		}
		finally {
			System.setOut(before);
		}
		return printed.toString(StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@EnumSource
	void aRunThatFailedHasALineWithoutFiguresAndItsReason(Language language) {
		Messages messages = Messages.in(language);
		String reason = "The broker ended with status 1.";
		assertThat(printed(false, language, (report) -> report.addFailed(PLAN, reason)).lines()).satisfiesExactly(
				(heading) -> assertThat(heading).startsWith("FAULT"),
				(line) -> assertThat(line)
					.matches("kill +consumer +7( +-){8} +" + messages.get("chaos.verdict.failed")),
				(note) -> assertThat(note).isEqualTo(messages.get("chaos.failed", "kill", "7", reason)));
	}

	@Test
	void aRunThatFailedIsALineOfJson() {
		assertThat(printed(true, Language.EN, (report) -> report.addFailed(PLAN, "It ended.")))
			.isEqualToIgnoringNewLines(
					"{\"fault\":\"kill\",\"protocol\":\"consumer\",\"seed\":7,\"verdict\":\"failed\",\"reason\":\"It ended.\"}");
	}

	/**
	 * Each seed of a fault that cannot be caused has a line, and the reason is told once.
	 */
	@Test
	void theReasonWhyAFaultCannotBeCausedIsToldOnce() {
		assertThat(printed(false, Language.EN, (report) -> {
			report.addNotPossible(PLAN, "There is no small disk.");
			report.addNotPossible(PLAN, "There is no small disk.");
		})).containsOnlyOnce("There is no small disk.").containsPattern("(?s)not possible here.*not possible here");
	}

}
