package lab.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The command line: every command has its help in both languages, and a mistake is a
 * sentence and a status.
 */
class LabTests {

	private final StringWriter printed = new StringWriter();

	@ParameterizedTest
	@EnumSource
	void everyCommandAndOptionHasItsHelp(Language language) {
		CommandLine lab = lab(language);
		assertThat(lab.getSubcommands().keySet()).containsExactlyInAnyOrder("up", "tour", "lessons", "exercise",
				"class", "status", "watch", "metrics", "send", "dlt", "scale", "start", "stop", "kill", "pause",
				"resume", "board", "compare", "chaos", "bench", "doctor", "down", "reset", "help");
		Map<String, CommandLine> commands = new HashMap<>(lab.getSubcommands());
		lab.getSubcommands()
			.forEach((name, command) -> command.getSubcommands()
				.forEach((sub, one) -> commands.put(name + " " + sub, one)));
		assertThat(commands).containsKeys("lessons print", "lessons update", "chaos check", "dlt show", "dlt return");
		commands.forEach((name, command) -> {
			assertThat(command.getCommandSpec().usageMessage().header()).as("header of %s", name).isNotEmpty();
			assertThat(command.getCommandSpec().args()).as("options and parameters of %s", name)
				.allSatisfy((argument) -> assertThat(argument.description()).as(argument.toString()).isNotEmpty());
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "lunch", "scale", "scale two", "send -n 0", "send -n x", "status --lang fr",
			"dlt --limit 0", "dlt show", "dlt show 12", "dlt return", "dlt return 0-1 --all",
			"dlt return --all --max-returns 0", "up --broker cloud", "up --brokers 2",
			"status --bootstrap-server nonsense", "watch --bootstrap-server localhost:99999",
			"board --bootstrap-server ,", "--bootstrap-server :9092 metrics",
			"dlt show 0-0 --bootstrap-server localhost:0", "stop", "stop product1 product2", "exercise --check",
			"exercise skipped --hint 9", "exercise skipped --hint 1 --solution", "class --port 0", "class --word a",
			"tour --report teacher", "tour --report http://teacher --name kim --word dolu" })
	void aMistakeInTheCommandLineIsStatusTwo(String line) {
		assertThat(lab(Language.EN).execute(line.split(" "))).as(this.printed.toString()).isEqualTo(2);
		assertThat(this.printed.toString()).startsWith("lab: ")
			.contains("--help shows how to use it")
			.doesNotContain("\tat ");
		assertThat(this.printed.toString().lines()).hasSizeLessThan(5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "stop nobody", "pause nobody", "start product0", "status --bootstrap-server localhost:1",
			"status --bootstrap-server nobody.invalid:9092", "status --command-config no-such-file",
			"watch --command-config no-such-file", "board --command-config no-such-file",
			"scale 2 --bootstrap-server localhost:1", "dlt --bootstrap-server localhost:1",
			"dlt return --all --bootstrap-server localhost:1", "send --url http://localhost:1/orders",
			"tour no-such-lesson", "lessons print no-such-lesson", "exercise no-such-exercise" })
	void whatCannotBeDoneIsOneSentenceAndStatusOne(String line) {
		assertThat(lab(Language.EN).execute(line.split(" "))).as(this.printed.toString()).isEqualTo(1);
		assertThat(this.printed.toString()).startsWith("lab: ").hasLineCount(1);
	}

	@Test
	void theDoctorEndsWithStatusOneWhereTheClusterThatWasNamedIsAway() {
		assertThat(lab(Language.EN).execute("doctor", "--json", "--bootstrap-server", "localhost:1")).isEqualTo(1);
	}

	@Test
	void theCheckOfALessonWithoutChecksSaysWhatMarksItAsDone() {
		assertThat(lab(Language.EN).execute("tour", "picture", "--check", "2")).isEqualTo(1);
		assertThat(this.printed.toString()).startsWith("lab: lesson picture has no checks.")
			.contains("./lab tour picture")
			.hasLineCount(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			tuor | ./lab --lang ko tour
			lessons prnt | ./lab --lang ko lessons print
			help statsu | ./lab --lang ko status
			tour --chekc=3 | --check
			exercise skiped | skipped
			tour consumer-gruop | consumer-group
			""")
	void asksWhetherTheNearestNameWasMeant(String line, String meant) {
		lab(Language.KO).execute((line + " --lang ko").split(" "));
		assertThat(this.printed.toString()).contains("혹시 " + meant + "인가요?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lunch", "status -x", "tour --bogus", "exercise no-such-exercise", "stop" })
	void proposesNothingWhereNothingIsNear(String line) {
		lab(Language.EN).execute(line.split(" "));
		assertThat(this.printed.toString()).isNotEmpty().doesNotContain("Did you mean");
	}

	/**
	 * None of the parser's own sentences, which are English.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					lunch | ./lab에 lunch라는 명령은 없습니다. | ./lab has no command lunch.
					help lunch | ./lab에 lunch라는 명령은 없습니다. | ./lab has no command lunch.
					status lunch | ./lab status에 lunch는 쓸 수 없습니다. 빼고 실행하세요. | ./lab status does not take lunch: leave it out.
					status -x | ./lab status에 -x 옵션은 없습니다. | ./lab status has no option -x.
					tour --chekc=3 | ./lab tour에 --chekc 옵션은 없습니다. | ./lab tour has no option --chekc.
					scale | ./lab scale에 N이 빠졌습니다: 늘린 뒤의 파티션 수 | ./lab scale needs N: the new number of partitions.
					scale two | N에는 정수를 써야 합니다. two는 정수가 아닙니다. | N must be a whole number, not two.
					send -n x | -n에는 정수를 써야 합니다. x는 정수가 아닙니다. | -n must be a whole number, not x.
					tour --from | --from 뒤에 값이 빠졌습니다: --from STEP | --from needs a value: --from STEP.
					up --broker cloud | --broker에 cloud는 쓸 수 없습니다. 다음 중 하나를 쓰세요: embedded, docker | --broker cannot be cloud: use one of embedded, docker.
					status --json=foo | --json에는 값을 쓰지 않습니다. foo를 빼세요. | --json takes no value: leave out foo.
					status --group a --group b | --group이 두 번 이상 있습니다. 한 번만 쓰세요. | --group is given more than once: give it once.
					dlt show 12 | PARTITION-OFFSET에 12는 쓸 수 없습니다. | PARTITION-OFFSET cannot be 12.
					dlt return | ./lab dlt return에는 다음 중 하나가 필요합니다: PARTITION-OFFSET, --all | ./lab dlt return needs one of these: PARTITION-OFFSET, --all.
					exercise skipped --try --check | 다음 중 하나만 쓸 수 있습니다: --check, --try, --hint N, --solution | use only one of these: --check, --try, --hint N, --solution.
					""")
	void aMistakeIsOneSentenceInThePersonsLanguage(String line, String korean, String english) {
		assertThat(lab(Language.KO).execute(line.split(" "))).isEqualTo(2);
		assertThat(this.printed.toString()).startsWith("lab: " + korean).contains("\n사용법 보기: ./lab ");
		this.printed.getBuffer().setLength(0);
		assertThat(lab(Language.EN).execute(line.split(" "))).isEqualTo(2);
		assertThat(this.printed.toString()).startsWith("lab: " + english);
	}

	@ParameterizedTest
	@EnumSource
	void theHelpHasItsHeadingsInThePersonsLanguage(Language language) {
		lab(language).execute("--help");
		String help = this.printed.toString();
		assertThat(help.contains("사용법:\n  lab") && help.contains("\n명령:\n")).isEqualTo(language == Language.KO);
		assertThat(help.contains("Usage: lab") && help.contains("\nCommands:\n")).isEqualTo(language == Language.EN);
	}

	@ParameterizedTest
	@EnumSource
	void theNextCommandKeepsWhatWasChosen(Language language) {
		lab(language).execute("tour", "picture", "--check", "2", "--lang", language.code(), "--report", "127.0.0.1:1",
				"--name", "kim lee", "--word", "dolu");
		assertThat(this.printed.toString()).contains(((language == Language.KO) ? "./lab --lang ko " : "./lab ")
				+ "tour picture --report 127.0.0.1:1 --name 'kim lee' --word dolu");
	}

	@ParameterizedTest
	@EnumSource
	void theCommandThatPrintsTheHelpKeepsTheLanguage(Language language) {
		lab(language).execute("scale", "--lang", language.code());
		assertThat(this.printed.toString())
			.contains((language == Language.KO) ? "./lab --lang ko scale --help" : "./lab scale --help");
	}

	/**
	 * Not each command of the step, one after the other.
	 */
	@Test
	void theCheckOfAStepSaysThatWhatListensIsNoBroker() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			String address = "localhost:" + silent.getLocalPort();
			assertThat(lab(Language.EN).execute("tour", "topics", "--check", "3", "--bootstrap-server", address))
				.isEqualTo(1);
			assertThat(this.printed.toString())
				.startsWith("lab: " + address + " accepts connections but did not answer")
				.contains("it is not a Kafka broker")
				.hasLineCount(1);
		}
	}

	@Test
	void helpIsACommandToo() {
		assertThat(lab(Language.EN).execute("help")).isZero();
		assertThat(this.printed.toString()).contains("status", "show who owns which partition");
		assertThat(lab(Language.EN).execute("help", "status")).isZero();
		assertThat(this.printed.toString()).contains("lab status", "--group");
	}

	@Test
	void aGroupMayBeNamedLikeAnOption() {
		assertThat(lab(Language.EN).execute("status", "--group=--help", "--bootstrap-server", "localhost:1"))
			.isEqualTo(1);
		assertThat(this.printed.toString()).contains("no broker answers at localhost:1");
	}

	@Test
	void theSentenceIsInThePersonsLanguage() {
		lab(Language.KO).execute("stop", "nobody", "--lang", "ko");
		assertThat(this.printed.toString()).contains("인스턴스는 없습니다");
	}

	@Test
	void whatIsSaidBeforeTheCommandHoldsForIt() {
		lab(Language.EN).execute("--lang", "ko", "--bootstrap-server", "localhost:1", "status");
		assertThat(this.printed.toString()).contains("localhost:1에서 응답하는 브로커가 없습니다");
	}

	@Test
	void whatIsSaidBetweenTheNamesOfACommandHoldsForIt() {
		lab(Language.EN).execute("dlt", "--bootstrap-server", "localhost:1", "show", "0-0");
		assertThat(this.printed.toString()).contains("no broker answers at localhost:1");
	}

	@Test
	void whatIsSaidAfterTheCommandHoldsBeforeThat() {
		lab(Language.EN).execute("--bootstrap-server", "localhost:1", "status", "--bootstrap-server", "localhost:2");
		assertThat(this.printed.toString()).contains("localhost:2").doesNotContain("localhost:1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--verbose stop nobody", "stop nobody --verbose" })
	void aVerboseErrorHasItsStackTrace(String line) {
		assertThat(lab(Language.EN).execute(line.split(" "))).isEqualTo(1);
		assertThat(this.printed.toString()).startsWith("lab: there is no instance nobody")
			.contains("LabException: ", "\tat lab.console.instance.InstanceCommand");
	}

	@ParameterizedTest
	@EnumSource
	void everyCommandTakesVerboseAndExplainsIt(Language language) {
		assertThat(lab(language).getSubcommands().values())
			.filteredOn((command) -> !command.getCommandName().equals("help"))
			.allSatisfy((command) -> assertThat(command.getCommandSpec().findOption("--verbose").description()[0])
				.isEqualTo(Messages.in(language).get("option.verbose")));
	}

	private CommandLine lab(Language language) {
		PrintWriter writer = new PrintWriter(this.printed);
		return Lab.commandLine(Messages.in(language)).setOut(writer).setErr(writer);
	}

}
