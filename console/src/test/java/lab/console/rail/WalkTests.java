package lab.console.rail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import lab.console.lesson.Lesson;
import lab.console.lesson.LessonParser;
import lab.console.lesson.Lessons;
import lab.console.lesson.Renaming;
import lab.console.lesson.Ticks;
import lab.console.lesson.Ticks.LessonState;
import lab.console.rail.Walk.Progress;
import lab.console.rail.Walk.Stage;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tick is earned by what is observed, from an answer on and not before. The recording
 * is that of {@link SightTests}.
 */
class WalkTests {

	private static final Lesson LESSON = LessonParser.parse("01-one", """
			# Title

			> **Predict:** which?

			## 1. Send

			<!-- board
			need members 2: Start it.
			need partitions 1: Too late.
			- none
			+ product2
			do send 10: Press it.
			see handled +4
			see lag 0
			-->

			<details>
			<summary>Which</summary>

			Its owner.

			</details>

			## 2. Only to be read

			## 3. Kill

			<!-- board
			do grow: Press it.
			see owners 2
			-->

			Then:

			<!-- board
			do kill product1: Press it.
			see gone product1
			do start product1: Press it.
			see member product1
			see owners 2
			-->
			""", Renaming.NONE);

	@TempDir
	private Path folder;

	private Ticks ticks;

	private List<Sight> sights;

	@BeforeEach
	void begin() throws IOException {
		this.ticks = new Ticks(this.folder);
		this.sights = SightTests.sights(SightTests.WALK);
	}

	@Test
	void earnsItsTicksOneAfterTheOther() {
		Walk walk = new Walk(LESSON, this.ticks);
		look(walk, 0, 2);
		assertThat(walk.progress().stage()).isEqualTo(Stage.ASK);
		walk.answer(0, 0);
		assertThat(walk.progress().observed()).extracting(Walk.Observed::observed).containsExactly(0L, 0L);
		look(walk, 3, 5);
		assertThat(walk.progress().observed()).as("handled, not committed")
			.extracting(Walk.Observed::holds)
			.containsExactly(true, false);
		look(walk, 6, 6);
		assertThat(walk.progress()).satisfies((progress) -> {
			assertThat(progress.ticks()).containsExactly(1);
			assertThat(progress.task()).isEqualTo(1);
			assertThat(progress.chosen()).containsEntry(0, 0);
			assertThat(progress.state()).isEqualTo(LessonState.BEGUN);
		});
		look(walk, 7, 20);
		assertThat(walk.progress().task()).as("the second of two tasks of a step").isEqualTo(2);
		assertThat(this.ticks.steps(LESSON)).containsExactly(1);
		look(walk, 21, 36);
		assertThat(walk.progress().instruction()).isEqualTo(1);
		look(walk, 37, 38);
		assertThat(walk.progress().stage()).isEqualTo(Stage.DONE);
		assertThat(this.ticks.state(LESSON)).isEqualTo(LessonState.DONE);
	}

	@Test
	void whatHappensBeforeTheAnswerDoesNotCount() {
		Walk walk = new Walk(LESSON, this.ticks);
		look(walk, 0, 6);
		walk.answer(0, 1);
		look(walk, 6, 6);
		assertThat(walk.progress().stage()).isEqualTo(Stage.WATCH);
		look(walk, 7, 13);
		assertThat(walk.progress().task()).as("the next four orders").isEqualTo(1);
	}

	@Test
	void saysWhatAStepNeedsThatCannotBeDoneNow() {
		Walk walk = new Walk(LESSON, this.ticks);
		look(walk, 9, 9);
		assertThat(walk.progress().stage()).isEqualTo(Stage.NEED);
		assertThat(walk.progress().observed()).extracting(Walk.Observed::holds).containsExactly(true, false);
		walk.answer(0, 1);
		assertThat(walk.progress().chosen()).isEmpty();
		look(walk, 0, 0);
		assertThat(walk.progress().stage()).as("after lab reset").isEqualTo(Stage.ASK);
	}

	@Test
	void anAnswerIsGivenOnce() {
		Walk walk = new Walk(LESSON, this.ticks);
		look(walk, 0, 0);
		walk.answer(1, 0);
		walk.answer(0, 2);
		walk.answer(0, -1);
		assertThat(walk.progress().chosen()).isEmpty();
		walk.answer(0, 0);
		walk.answer(0, 1);
		assertThat(walk.progress().chosen()).containsEntry(0, 0);
	}

	/**
	 * In a terminal, for example.
	 */
	@Test
	void goesOnAfterAStepThatWasTickedElsewhere() {
		this.ticks.add(LESSON, 3);
		Walk walk = new Walk(LESSON, this.ticks);
		look(walk, 0, 0);
		assertThat(walk.progress().task()).as("the first step without a tick").isZero();
		this.ticks.add(LESSON, 1);
		look(walk, 1, 1);
		assertThat(walk.progress().task()).isEqualTo(1);
		assertThat(new Walk(LESSON, this.ticks).progress().stage()).isEqualTo(Stage.DONE);
	}

	@Test
	void leavesOutTheOtherTasksOfAStepThatWasTickedElsewhere() {
		this.ticks.add(LESSON, 1);
		Walk walk = new Walk(LESSON, this.ticks);
		look(walk, 0, 0);
		assertThat(walk.progress().task()).isEqualTo(1);
		this.ticks.add(LESSON, 3);
		look(walk, 1, 1);
		assertThat(walk.progress().stage()).isEqualTo(Stage.DONE);
	}

	@Test
	void canBeDoneAgainWhereAllIsTicked() {
		this.ticks.add(LESSON, 1);
		this.ticks.add(LESSON, 3);
		Walk walk = new Walk(LESSON, this.ticks);
		walk.again();
		look(walk, 0, 0);
		assertThat(walk.progress().stage()).isEqualTo(Stage.ASK);
		walk.answer(0, 1);
		look(walk, 1, 6);
		assertThat(walk.progress().task()).isEqualTo(1);
	}

	@Test
	void waitsWhileTheGroupIsNotSeen() throws IOException {
		Walk walk = new Walk(LESSON, this.ticks);
		SightTests.sights("refused").forEach(walk::look);
		Progress progress = walk.progress();
		assertThat(progress.stage()).isEqualTo(Stage.NEED);
		assertThat(progress.observed()).extracting(Walk.Observed::observed).containsOnly(Sight.UNKNOWN);
	}

	@Test
	void aTaskHasTheLastQuestionBeforeItAndItsAnswer() {
		List<RailTask> tasks = RailTask.of(LESSON);
		assertThat(tasks).extracting(RailTask::step).containsExactly(1, 3, 3);
		assertThat(tasks.get(0).reason()).as("without its heading").hasSize(1);
		assertThat(tasks.get(1).question()).isNull();
	}

	/**
	 * The page shows why an answer is right.
	 */
	@ParameterizedTest
	@EnumSource
	void everyQuestionOfTheLessonsHasAReason(Language language) {
		assertThat(Lessons.in(Path.of(".."), Messages.in(language)).all()).filteredOn(Lesson::onBoard)
			.extracting(Lesson::number)
			.contains(0, 3);
		assertThat(Lessons.in(Path.of(".."), Messages.in(language)).all()).flatMap(RailTask::of)
			.filteredOn((task) -> task.question() != null)
			.allSatisfy((task) -> assertThat(task.reason()).isNotEmpty());
	}

	private void look(Walk walk, int from, int to) {
		this.sights.subList(from, to + 1).forEach(walk::look);
	}

}
