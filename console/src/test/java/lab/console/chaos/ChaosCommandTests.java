package lab.console.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is wrong with the command line, or with a history, is one sentence. The history
 * {@code kill.jsonl} is of a real run.
 */
class ChaosCommandTests {

	private static final Path KILL = Path.of("src/test/resources/chaos/kill.jsonl");

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--fault hammer      | there is no fault hammer: use one of kill, pause, stop
			--protocol eager    | eager
			--profile once      | there is no profile once: use one of exactly-once, stock.
			--profile stock --protocol share | the protocol share and the profile stock cannot be combined
			--fault twin        | the fault twin does not exist under the protocol consumer
			--seeds 0           | --seeds must be at least 1, not 0.
			--for 0             | --for must be at least 1, not 0.
			--rate 0            | --rate must be at least 1, not 0.
			--products 1        | --products must be at least 2, not 1.
			--partitions 0      | --partitions must be at least 1, not 0.
			--seeds 10001       | --seeds must be at most 10000, not 10001.
			--seed 9223372036854775807 | --seed must be at most 9223372036854775806, not 9223372036854775807.
			--for 86401         | --for must be at most 86400, not 86401.
			--rate 10001        | --rate must be at most 10000, not 10001.
			--products 51       | --products must be at most 50, not 51.
			--partitions 1001   | --partitions must be at most 1000, not 1001.
			check no-such-file  | no-such-file cannot be read: check
			""")
	void badInputIsOneSentence(String line, String sentence) {
		assertThat(failure(line.split(" "))).contains(sentence).doesNotContain("\n");
	}

	@Test
	void aFileThatIsNoHistoryIsSaidToBeNone() throws IOException {
		Path file = Files.writeString(this.folder.resolve("text"), "hello\n");
		assertThat(failure("check", file.toString())).endsWith("is not a history of lab chaos: see line 1.");
		Files.writeString(file, "null\n");
		assertThat(failure("check", file.toString())).endsWith("is not a history of lab chaos: see line 1.");
	}

	@Test
	void twoHistoriesAreNotOne() throws IOException {
		String text = Files.readString(KILL);
		Path file = Files.writeString(this.folder.resolve("twice"), text + text);
		assertThat(failure("check", file.toString())).contains("only the first line of a history is \"begin\"");
	}

	@Test
	void aHistoryThatIsCutShortIsSaidToBe() throws IOException {
		List<String> lines = Files.readAllLines(KILL);
		Path file = Files.write(this.folder.resolve("cut"), lines.subList(0, lines.size() - 1));
		assertThat(failure("check", file.toString())).contains("is incomplete");
		String text = Files.readString(KILL);
		Files.writeString(file, text.substring(0, text.length() - 20));
		assertThat(failure("check", file.toString())).contains("see line " + lines.size());
	}

	/**
	 * Each replaces a part of the first line that has it, and says what is wrong then.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			,"seed":7            | ''                     | is not a history of lab chaos: see line 1.
			"protocol":"consumer" | "protocol":"eager"    | eager
			,"key":"customer-9"  | ''                     | cannot be checked: line 2 has no "key".
			"number":2,          | "number":1,            | cannot be checked: line 3 sends order 1, which
			"outcome":"ACKNOWLEDGED" | "outcome":"UNKNOWN" | cannot be checked: line 2 has an outcome of order 1
			,"partition":3,      | ,                      | cannot be checked: line 2 has an outcome of order 1
			"status":201         | "status":503           | cannot be checked: line 2 has an outcome of order 1
			"answered":"2026     | "answered":"2025       | cannot be checked: line 2 says that order 1 was answered
			"entry","number":    | "entry","number":9999  | which no line sends
			""")
	void aHistoryThatLacksOrContradictsSomethingIsRefused(String part, String other, String sentence)
			throws IOException {
		String text = Files.readString(KILL);
		assertThat(text).contains(part);
		Path file = Files.writeString(this.folder.resolve("wrong"),
				text.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(other)));
		assertThat(failure("check", file.toString())).contains(sentence).doesNotContain("\n");
	}

	@Test
	void twoOrdersInOnePlaceAreRefused() throws IOException {
		List<String> lines = new ArrayList<>(Files.readAllLines(KILL));
		String entry = lines.stream().filter((line) -> line.contains("\"type\":\"entry\"")).findFirst().orElseThrow();
		lines.add(lines.indexOf(entry) + 1, entry.replaceFirst("\"orderId\":\"", "$0other-"));
		Path file = Files.write(this.folder.resolve("wrong"), lines);
		assertThat(failure("check", file.toString())).contains("has another order in partition");
	}

	/**
	 * As of the second fault on the same lab.
	 */
	@Test
	void anOrderOfAnEarlierRunIsNoContradiction() throws IOException {
		List<String> lines = new ArrayList<>(Files.readAllLines(KILL));
		String entry = lines.stream().filter((line) -> line.contains("\"type\":\"entry\"")).findFirst().orElseThrow();
		lines.add(lines.indexOf(entry),
				entry.replaceFirst("\"number\":\\d+", "\"number\":0")
					.replaceFirst("\"orderId\":\"", "$0earlier-")
					.replaceFirst("\"offset\":\\d+", "\"offset\":999999"));
		Path file = Files.write(this.folder.resolve("second"), lines);
		assertThat(check(file)).contains("kept").doesNotContain("BROKEN");
	}

	@Test
	void aHistoryWithoutOrdersIsRefused() throws IOException {
		List<String> lines = new ArrayList<>(Files.readAllLines(KILL));
		lines.removeIf((line) -> line.matches(".*\"type\":\"(send|entry|handled)\".*"));
		Path file = Files.write(this.folder.resolve("wrong"), lines);
		assertThat(failure("check", file.toString())).contains("no line sends an order");
	}

	@Test
	void theHistoryOfARealRunIsKept() {
		assertThat(check(KILL)).contains("kept").doesNotContain("BROKEN");
	}

	/**
	 * Each history is of a real run, with fewer orders. Without the strikes, the fault
	 * had no effect; without the events of an order, it was lost.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "disk-full", "network" })
	void theHistoriesOfOtherFaultsAreKeptVoidAndBrokenToo(String fault) throws IOException {
		Path history = KILL.resolveSibling(fault + ".jsonl");
		assertThat(check(history)).contains("kept").doesNotContain("BROKEN");
		List<String> lines = new ArrayList<>(Files.readAllLines(history));
		lines.removeIf((line) -> line.matches(".*\"type\":\"(strike|network)\".*"));
		assertThat(check(Files.write(this.folder.resolve("void"), lines))).contains("void: the fault had no effect");
		lines.removeIf((line) -> line.contains("\"type\":\"handled\""));
		assertThat(check(Files.write(this.folder.resolve("lost"), lines))).contains("BROKEN")
			.contains("is in the topic but was never handled.");
	}

	/**
	 * Without the orders that the killed product had in hand, the run proves nothing.
	 */
	@Test
	void aRunWhoseFaultHadNoEffectIsVoid() throws IOException {
		List<String> lines = new ArrayList<>(Files.readAllLines(KILL));
		lines.removeIf((line) -> line.contains("\"type\":\"strike\""));
		assertThat(check(Files.write(this.folder.resolve("void"), lines))).contains("void: the fault had no effect");
	}

	/**
	 * An order whose handling is removed was lost; its story says when it was sent, where
	 * it was recorded and what was done meanwhile.
	 */
	@Test
	void theStoryOfALostOrderIsTold() throws IOException {
		List<String> lines = new ArrayList<>(Files.readAllLines(KILL));
		String entry = lines.stream().filter((line) -> line.contains("\"type\":\"entry\"")).findFirst().orElseThrow();
		String id = entry.replaceFirst(".*\"orderId\":\"([^\"]+)\".*", "$1");
		lines.removeIf((line) -> line.contains("\"type\":\"handled\"") && line.contains(id));
		assertThat(check(Files.write(this.folder.resolve("lost"), lines))).contains("BROKEN")
			.contains("is in the topic but was never handled.")
			.contains("is sent, key customer-", "answered with 201", id, "*** kill product");
	}

	private String failure(String... arguments) {
		List<String> failures = new ArrayList<>();
		CommandLine command = command().setExecutionExceptionHandler((error, line, result) -> {
			assertThat(error).isInstanceOf(LabException.class);
			failures.add(error.getMessage());
			return 1;
		});
		assertThat(command.execute(arguments)).isEqualTo(1);
		return String.join(" ", failures);
	}

	private static String check(Path file) {
		PrintStream before = System.out;
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			command().execute("check", file.toString());
		}
		finally {
			System.setOut(before);
		}
		return printed.toString(StandardCharsets.UTF_8);
	}

	private static CommandLine command() {
		return new CommandLine(new ChaosCommand()).setResourceBundle(Messages.in(Language.EN).bundle());
	}

}
