package lab.console.lesson;

import java.time.Duration;
import java.util.List;

import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.OnBoard;
import lab.console.lesson.Block.Prediction;
import lab.console.lesson.Block.Prose;
import lab.console.lesson.Block.Recorded;
import lab.console.lesson.Block.Run;
import lab.console.lesson.Block.Start;
import lab.console.lesson.Block.Stop;
import lab.console.lesson.Block.Watch;
import lab.console.lesson.BoardTask.Choice;
import lab.console.lesson.BoardTask.Instruction;
import lab.console.lesson.BoardTask.Need;
import lab.console.lesson.BoardCondition.Fact;
import lab.console.terminal.BrokerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a lesson's Markdown means to the tour.
 */
class LessonParserTests {

	@Test
	void readsTitleIntroAndSteps() {
		Lesson lesson = LessonParser.parse("01-one",
				"# The `title`\n\nIntro.\n\n- a\n- b\n\n## First\n\nText.\n\n## Second\n", Renaming.NONE);
		assertThat(lesson.title()).isEqualTo("The title");
		assertThat(lesson.intro()).hasSize(2);
		assertThat(lesson.steps()).extracting(Lesson.Step::title).containsExactly("First", "Second");
		assertThat(lesson.steps().get(0).blocks()).singleElement().isInstanceOf(Prose.class);
	}

	@Test
	void findsTheQuestionOfTheIntroduction() {
		Lesson lesson = LessonParser.parse("01-one", "# A\n\nIntro.\n\n> **Predict:** which?\n\n## B\n", Renaming.NONE);
		assertThat(lesson.intro()).hasExactlyElementsOfTypes(Prose.class, Prediction.class);
	}

	@Test
	void aStepsNumberIsNotPartOfItsTitle() {
		Lesson lesson = LessonParser.parse("01-one", "# A\n\n## 1. First\n\n## 2. 3.9 and 4.2\n\n## Third\n",
				Renaming.NONE);
		assertThat(lesson.steps()).extracting(Lesson.Step::title).containsExactly("First", "3.9 and 4.2", "Third");
	}

	@Test
	void refusesAStepWithAnotherStepsNumber() {
		assertThatExceptionOfType(LessonSyntaxException.class)
			.isThrownBy(() -> LessonParser.parse("01-one", "# A\n\n## 1. First\n\n## 3. Second\n", Renaming.NONE))
			.satisfies((ex) -> assertThat(ex.getLine()).isEqualTo(5));
	}

	@Test
	void leavesDrawingsToThePages() {
		Lesson lesson = LessonParser.parse("01-one",
				"# A\n\n```mermaid\nflowchart LR\n```\n\n## B\n\n```mermaid\nflowchart LR\n```\n", Renaming.NONE);
		assertThat(lesson.intro()).isEmpty();
		assertThat(lesson.steps().get(0).blocks()).isEmpty();
	}

	@Test
	void givesACommandItsExpectation() {
		Run run = (Run) only("```sh broker within=2m status=1\ncd a\nb 'c'\n```\n\nProse between.\n");
		assertThat(run.script().text()).isEqualTo("cd a\nb 'c'");
		assertThat(run.script().inBroker()).isTrue();
		assertThat(run.limit()).isEqualTo(Duration.ofMinutes(2));
		assertThat(run.status()).isEqualTo(1);
		assertThat(run.expectation()).isNull();
		Expectation expectation = ((Run) only("```sh\na\n```\n\n<!-- expect within=30s\none\n\n!two\n-->\n"))
			.expectation();
		assertThat(expectation).isNotNull();
		assertThat(expectation.within()).isEqualTo(Duration.ofSeconds(30));
		assertThat(expectation.lines()).extracting(Expectation.Expected::text).containsExactly("one", "!two");
	}

	@Test
	void readsWhatHappensInAServicesTerminal() {
		List<Block> blocks = blocks(
				"```sh service=p1 ready=\"Started it\" within=9s\nrun\n```\n\n<!-- expect\nx\n-->\n\n"
						+ "<!-- expect log=p1 within=1m\ny\n-->\n\n```stop service=p1\nCtrl-C\n```\n");
		Start start = (Start) blocks.get(0);
		assertThat(start.service()).isEqualTo("p1");
		assertThat(start.ready()).isEqualTo("Started it");
		assertThat(start.limit()).isEqualTo(Duration.ofSeconds(9));
		assertThat(((Watch) blocks.get(1)).service()).isEqualTo("p1");
		assertThat(((Watch) blocks.get(2)).expectation().within()).isEqualTo(Duration.ofMinutes(1));
		assertThat(blocks.get(3)).isEqualTo(new Stop("p1", null));
	}

	@Test
	void keepsWhatABlockPrintedAndWhereItStands() {
		List<Block> blocks = blocks("""
				```sh
				a
				```

				```output
				one

				two
				```

				```sh service=p1 ready=up
				b
				```

				<!-- expect
				x
				-->

				```output log=p1
				is up
				x
				```

				```sh
				c
				```
				""");
		assertThat(blocks).map((block) -> ((Recorded) block).recording())
			.containsExactly(new RecordedOutput(List.of("one", "", "two"), 7, 13),
					new RecordedOutput(List.of(), 17, 17), new RecordedOutput(List.of("is up", "x"), 21, 26),
					new RecordedOutput(List.of(), 30, 30));
	}

	@Test
	void keepsWhatIsForOneBrokerApartWithItsIntroduction() {
		List<Block> blocks = blocks("Always.\n\nWith Docker:\n\n```sh only=docker\na\n```\n\n<!-- expect\nb\n-->\n\n"
				+ "Always, too:\n\n```sh\nc\n```\n");
		assertThat(blocks).extracting(Block::only)
			.containsExactly(null, BrokerKind.DOCKER, BrokerKind.DOCKER, null, null);
	}

	@Test
	void foldsTheAnswerToAPrediction() {
		List<Block> blocks = blocks(
				"> **Predict:** what?\n\n> A quote.\n\n> **예상:** 무엇?\n\n<details>\n<summary>It</summary>\n\n"
						+ "One.\n\n```text\ntwo\n```\n\n</details>\n\n<!-- for the page -->\n\nAfter.\n");
		assertThat(blocks).hasExactlyElementsOfTypes(Prediction.class, Prose.class, Prediction.class, Answer.class,
				Prose.class);
		assertThat(((Answer) blocks.get(3)).nodes()).hasSize(3);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', emptyValue = "", value = { "<summary>How long?</summary> | How long?",
			"<summary>1. A key_a &lt; <code>key_b</code>?</summary> | 1. A key_a < key_b?",
			"'<summary>In two\nlines?\n</summary>' | In two lines?", "'' | One.", "<summary></summary> | One." })
	void beginsAnAnswerWithItsQuestion(String summary, String first) {
		Answer answer = (Answer) blocks("<details>\n%s\n\nOne.\n\n</details>\n".formatted(summary)).get(0);
		assertThat(PlainText.of(answer.nodes().get(0))).isEqualTo(first);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<!-- expect\na\n-->", "```sh servic=a\nb\n```", "```sh service=a\nb\n```",
			"```sh within=soon\nb\n```", "```sh only=podman\nb\n```", "```sh\na\n```\n\n<!-- expect\n/(/\n-->",
			"<!-- expect log=nobody\na\n-->", "```stop service=nobody\nCtrl-C\n```", "```sh ready=\"open\nb\n```",
			"```sh\na\n```\n\n<!-- expect only=docker\nb\n-->",
			"```sh\na\n```\n\n<!-- expect\nb\n-->\n\n<!-- expect\nc\n-->",
			"```sh\na\n```\n\n<!-- expect check\n!b\n-->", "```sh only=docker\na\n```\n\n<!-- expect check\nb\n-->",
			"```sh service=a ready=b\nc\n```\n\n<!-- expect check\nd\n-->",
			"```sh service=a ready=b\nc\n```\n\n<!-- expect log=a check\nd\n-->", "```sh\na\n```\n\n```expect\nb\n```",
			"```sh\na\n```\n\n<!--expect\nb\n-->", "```sh\na\n```\n\n<!-- expect\n-->",
			"<details>\n\n```sh\na\n```\n\n<!-- expect\nb\n-->\n\n</details>", "```output\na\n```",
			"```sh\na\n```\n\n```output log=p1\na\n```", "```sh\na\n```\n\n```output\nb\n```\n\n```output\nc\n```",
			"```sh\na\n```\n\n```output\nb\n```\n\n<!-- expect\nb\n-->" })
	void namesTheLineThatIsNotRight(String block) {
		assertThatExceptionOfType(LessonSyntaxException.class).isThrownBy(() -> blocks(block))
			.satisfies((ex) -> assertThat(ex.getLine()).isGreaterThanOrEqualTo(5));
	}

	@Test
	void readsWhatIsDoneOnTheBoard() {
		List<Block> blocks = blocks("""
				> **Predict:** which?

				<!-- board
				need members 2: Press *start*.

				- None: no
				+ All
				do send 10: Press *+10*: quickly.
				see handled +10
				see lag 0
				do: Look.
				see gone product2
				-->

				<!-- board
				do: Look again.
				see owners 1
				-->
				""");
		assertThat(blocks).hasExactlyElementsOfTypes(Prediction.class, OnBoard.class, OnBoard.class);
		assertThat(((OnBoard) blocks.get(1)).task())
			.isEqualTo(new BoardTask(List.of(new Need(new BoardCondition(Fact.MEMBERS, 2, null), "Press *start*.")),
					List.of(new Choice("None: no", false), new Choice("All", true)), List.of(
							new Instruction("send 10", "Press *+10*: quickly.",
									List.of(new BoardCondition(Fact.HANDLED, 10, null),
											new BoardCondition(Fact.LAG, 0, null))),
							new Instruction(null, "Look.", List.of(new BoardCondition(Fact.GONE, 1, "product2"))))));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "see idle 1 | 6", "do: Look.~see idle | 7",
			"do: Look.~see idle one | 7", "do: Look.~see idle +1 | 7", "do: Look.~see handled 4 | 7",
			"do: Look.~see gone 2 | 7", "do: Look.~see happiness 1 | 7", "do: Look.~see member product2 now | 7",
			"do jump: Look.~see idle 1 | 6", "do send 4: Look.~see idle 1 | 6", "do Look.~see idle 1 | 6",
			"do:~see idle 1 | 6", "need idle 1~do: Look.~see idle 1 | 6", "need idle 1:~do: Look.~see idle 1 | 6",
			"ask what?~do: Look.~see idle 1 | 6", "- a~-~do: Look.~see idle 1 | 7", "do: Look. | 5", "- a~+ b | 5",
			"+ a~do: Look.~see idle 1 | 5", "- a~- b~do: Look.~see idle 1 | 5", "+ a~+ b~do: Look.~see idle 1 | 5",
			"- a~+ b~do: Look.~see idle 1 | 5" })
	void namesTheLineOfATaskThatIsNotRight(String lines, int line) {
		String comment = "<!-- board\n" + lines.replace('~', '\n') + "\n-->\n";
		assertThatExceptionOfType(LessonSyntaxException.class).isThrownBy(() -> blocks(comment))
			.satisfies((ex) -> assertThat(ex.getLine()).isEqualTo(line));
	}

	/**
	 * Each question has answers once.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "<!-- board x\ndo: Look.\nsee idle 1\n-->", "<!--board\ndo: Look.\nsee idle 1\n-->",
			"<details>\n\n<!-- board\ndo: Look.\nsee idle 1\n-->\n\n</details>",
			"> **Predict:** what?\n\n<!-- board\n- a\n+ b\ndo: Look.\nsee idle 1\n-->\n\n"
					+ "<!-- board\n- a\n+ b\ndo: Look.\nsee idle 1\n-->" })
	void refusesATaskThatIsNotAtItsPlace(String step) {
		assertThatExceptionOfType(LessonSyntaxException.class).isThrownBy(() -> blocks(step))
			.satisfies((ex) -> assertThat(ex.getText()).isEqualTo("board"));
	}

	/**
	 * Else nobody could do it there to its end.
	 */
	@Test
	void aLessonOnTheBoardHasATaskForEachStepWithACheck() {
		String step = "## Step\n\n```sh\na\n```\n\n<!-- expect check\nb\n-->\n\n";
		String task = "<!-- board\ndo: Look.\nsee idle 1\n-->\n\n";
		assertThatExceptionOfType(LessonSyntaxException.class)
			.isThrownBy(() -> LessonParser.parse("01-one", "# Title\n\n" + step + task + step, Renaming.NONE))
			.satisfies((ex) -> assertThat(ex.getText()).isEqualTo("board"));
		assertThat(LessonParser.parse("01-one", "# Title\n\n" + step + task + "## Step\n", Renaming.NONE).onBoard())
			.isTrue();
		assertThat(LessonParser.parse("01-one", "# Title\n\n" + step, Renaming.NONE).onBoard()).isFalse();
	}

	@Test
	void refusesCommandsBeforeTheFirstStep() {
		assertThatExceptionOfType(LessonSyntaxException.class)
			.isThrownBy(() -> LessonParser.parse("01-one", "# Title\n\n```sh\na\n```\n\n## Step\n", Renaming.NONE))
			.satisfies((ex) -> assertThat(ex.getLine()).isEqualTo(3));
	}

	private static Block only(String step) {
		return blocks(step).get(0);
	}

	private static List<Block> blocks(String step) {
		return LessonParser.parse("01-one", "# Title\n\n## Step\n\n" + step, Renaming.NONE).steps().get(0).blocks();
	}

}
