package lab.console.terminal;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import lab.console.terminal.Messages.Language;
import lab.console.terminal.Terminal.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No text from outside controls the terminal.
 */
class SafeOutputTests {

	/**
	 * The title, the screen, the cursor, hidden text, the clipboard, a bell, a C1 control
	 * sequence, an unfinished sequence.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "\033]0;TITLE\007", "\033[2J", "\033[1;1H", "\033[8m", "\033]52;c;cm0gLXJm\033\\",
			"\007\b", "\u009b2J", "\033[31", "\033", "\033[?1049h", "\033P+q\033\\", "a\u007fb", "\033[38;5;0m" })
	void aSequenceIsShownAndNotObeyed(String evil) {
		for (boolean coloured : new boolean[] { true, false }) {
			String printed = printed("a " + evil + " b", coloured);
			assertThat(printed).startsWith("a ").endsWith(" b");
			assertThat(printed.chars()).noneMatch(Character::isISOControl);
		}
	}

	@Test
	void theColorsOfTheConsoleArePrinted() {
		Terminal terminal = new Terminal(System.out, false, true);
		for (Style style : Style.values()) {
			String text = terminal.style(style, "주문 é ☕");
			assertThat(printed(text, true)).isEqualTo(text);
		}
		assertThat(printed("\033[31mred\033[0m", false)).as("without colors").doesNotContain("\033");
	}

	@Test
	void linesTabsAndEveryScriptStayAsTheyAre() {
		String text = "a\tb\n한국어 ñ 漢字 🙂\n";
		assertThat(printed(text, true)).isEqualTo(text);
	}

	@Test
	void aCellCannotBeginALineOrAColor() {
		Terminal terminal = new Terminal(System.out, false, true);
		Table table = new Table("MEMBER", "PARTITIONS");
		table.row("x\n✓ all is well\033[31m", terminal.style(Style.YELLOW, "none\033[2J"));
		assertThat(table.lines()).hasSize(2);
		assertThat(table.lines().get(1)).isEqualTo("x␊✓ all is well␛[31m  \033[33mnone␛[2J\033[0m");
	}

	@Test
	void aValueInASentenceCannotControlTheTerminal() {
		assertThat(Messages.in(Language.EN).get("verdict.no-group", "a\033[2J\u202Eb")).contains("a␛[2J\uFFFDb");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\n✓ all is well", "a\r✓ all is well", "a\r\n✓ all is well", "a\u0085✓ all is well",
			"\033[1ma\n✓ all is well\033[0m", "a\n" })
	void aValueInASentenceCannotBeginALine(String evil) {
		for (Language language : Language.values()) {
			assertThat(Messages.in(language).get("status.group", evil, "Stable")).contains("a")
				.doesNotContainPattern("[\n\r\u0085]");
		}
	}

	@Test
	void aValueOnLinesOfItsOwnKeepsItsLinesAndTabs() {
		assertThat(Messages.in(Language.EN).get("instance.ended", "a\nb", "one\ttab\r\ntwo\033[2J\n"))
			.isEqualTo("a␊b ended before it was ready. Its last output:\none\ttab\ntwo␛[2J");
	}

	@Test
	void jsonHasNoControlCharacterAndTheSameText() {
		String line = Json.line("a\033\u009b\u007f\n");
		assertThat(line.chars()).noneMatch(Character::isISOControl);
		assertThat(Json.read(line).asString()).isEqualTo("a\033\u009b\u007f\n");
	}

	private static String printed(String text, boolean coloured) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (PrintStream safe = SafeOutput.around(out, coloured)) {
			safe.print(text);
		}
		return out.toString(StandardCharsets.UTF_8);
	}

}
