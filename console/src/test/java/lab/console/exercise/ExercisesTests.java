package lab.console.exercise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.exercise.Exercise.Address;
import lab.console.lesson.Block;
import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.Hint;
import lab.console.lesson.Block.Prose;
import lab.console.lesson.Block.Run;
import lab.console.lesson.Block.Start;
import lab.console.lesson.Block.Stop;
import lab.console.lesson.Block.Watch;
import lab.console.lesson.Expectation;
import lab.console.lesson.Expectation.Expected;
import lab.console.lesson.Lesson;
import lab.console.lesson.Lesson.Step;
import lab.console.lesson.PlainText;
import lab.console.lesson.Ticks;
import lab.console.process.LabHome;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The exercises of the lab, and what a learner's own files are.
 */
class ExercisesTests {

	private static final Path LAB = Path.of("..");

	@TempDir
	private Path state;

	private List<Exercise> exercises(Language language) {
		return Exercises.in(new LabHome(LAB, this.state), Messages.in(language)).all();
	}

	@Test
	void bothLanguagesCheckTheSame() {
		List<Exercise> english = exercises(Language.EN);
		List<Exercise> korean = exercises(Language.KO);
		assertThat(english).isNotEmpty();
		assertThat(korean).extracting(Exercise::name).isEqualTo(english.stream().map(Exercise::name).toList());
		for (int i = 0; i < english.size(); i++) {
			assertThat(outline(korean.get(i))).isEqualTo(outline(english.get(i)));
			assertThat(korean.get(i).task()).hasSameSizeAs(english.get(i).task());
			assertThat(korean.get(i).hints()).hasSameSizeAs(english.get(i).hints());
			assertThat(korean.get(i).explanation()).hasSameSizeAs(english.get(i).explanation());
		}
	}

	private static List<String> outline(Exercise exercise) {
		return exercise.page().steps().stream().flatMap((step) -> step.blocks().stream()).map((block) -> {
			if (block instanceof Run run) {
				return run.script().text() + run.status() + expected(run.expectation());
			}
			if (block instanceof Start start) {
				return start.service() + start.script().text() + start.ready();
			}
			if (block instanceof Watch watch) {
				return watch.service() + expected(watch.expectation());
			}
			return block.getClass().getSimpleName();
		}).toList();
	}

	private static List<String> expected(Expectation expectation) {
		return (expectation != null) ? Stream
			.concat(Stream.of(expectation.within().toString()), expectation.lines().stream().map(Expected::text))
			.toList() : List.of();
	}

	@ParameterizedTest
	@EnumSource
	void eachHasATaskACheckHintsAndAnExplanation(Language language) {
		assertThat(exercises(language)).allSatisfy((exercise) -> {
			assertThat(exercise.task()).isNotEmpty();
			assertThat(exercise.check().steps()).isNotEmpty()
				.flatExtracting(Step::blocks)
				.hasAtLeastOneElementOfType(Run.class)
				.doesNotHaveAnyElementsOfTypes(Answer.class);
			assertThat(exercise.hints()).isNotEmpty();
			assertThat(exercise.explanation()).isNotEmpty();
			assertThat(exercise.help().steps()).hasSize(2)
				.flatExtracting(Step::blocks)
				.hasOnlyElementsOfType(Answer.class);
		});
	}

	/**
	 * A learner who is told another time than the check waits for would solve another
	 * exercise.
	 */
	@ParameterizedTest
	@EnumSource
	void theAlertMayTakeAsLongAsItsTaskSays(Language language) {
		Exercise alert = exercises(language).stream()
			.filter((one) -> one.name().equals("alert"))
			.findFirst()
			.orElseThrow();
		List<Duration> awaited = blocks(alert.check()).stream()
			.filter(Run.class::isInstance)
			.map((block) -> ((Run) block).expectation())
			.filter((expectation) -> expectation != null && expected(expectation).toString().contains("\"firing\""))
			.map(Expectation::within)
			.toList();
		assertThat(awaited).hasSize(2).containsOnly(awaited.get(0));
		String seconds = awaited.get(0).toSeconds() + ((language == Language.KO) ? "초" : " seconds");
		assertThat(text(alert.task().stream())).containsOnlyOnce(seconds);
		assertThat(text(Stream.concat(blocks(alert.check()).stream(), alert.hints().stream())))
			.as("another time for the same")
			.doesNotContain(" " + awaited.get(0).toSeconds(), "25");
	}

	private static String text(Stream<? extends Block> blocks) {
		return blocks.map((block) -> {
			if (block instanceof Prose prose) {
				return PlainText.of(prose.node());
			}
			if (block instanceof Hint hint) {
				return PlainText.of(hint.advice());
			}
			return (block instanceof Answer answer)
					? answer.nodes().stream().map(PlainText::of).collect(Collectors.joining("\n")) : "";
		}).collect(Collectors.joining("\n"));
	}

	/**
	 * An editor does not fold what a browser folds.
	 */
	@ParameterizedTest
	@EnumSource
	void nobodyReadsAHintByAccident(Language language) {
		assertThat(exercises(language)).allSatisfy((exercise) -> assertThat(Stream.concat(exercise.task().stream(),
				exercise.page().steps().stream().flatMap((s) -> s.blocks().stream())))
			.doesNotHaveAnyElementsOfTypes(Answer.class));
	}

	/**
	 * A trial does what the check does, and stops nothing that runs in the end.
	 */
	@Test
	void aTrialKeepsWhatRuns() {
		assertThat(exercises(Language.EN)).allSatisfy((exercise) -> {
			List<Block> check = blocks(exercise.check());
			List<Block> trial = blocks(exercise.trial());
			assertThat(exercise.trial().steps()).hasSameSizeAs(exercise.check().steps());
			assertThat(check).startsWith(trial.toArray(Block[]::new));
			assertThat(check.subList(trial.size(), check.size())).isNotEmpty().hasOnlyElementsOfType(Stop.class);
			assertThat(trial.get(trial.size() - 1)).isNotInstanceOf(Stop.class);
		});
	}

	@Test
	void saysWhereWhatRunsListensAsItsCommandsSay() {
		assertThat(exercises(Language.KO)).filteredOn((exercise) -> exercise.name().equals("alert"))
			.singleElement()
			.satisfies((alert) -> assertThat(alert.addresses()).containsExactly(
					new Address("order", "http://localhost:8081", 8081), new Address("kafka", "localhost:9092", 9092),
					new Address("product1", "http://localhost:8082", 8082),
					new Address("metrics", "http://localhost:9308/metrics", 9308),
					new Address("prometheus", "http://127.0.0.1:9091", 9091)));
		assertThat(exercises(Language.EN)).allSatisfy(
				(exercise) -> assertThat(exercise.addresses()).contains(new Address("kafka", "localhost:9092", 9092)));
	}

	private static List<Block> blocks(Lesson lesson) {
		return lesson.steps().stream().flatMap((step) -> step.blocks().stream()).toList();
	}

	@Test
	void aSolutionChangesFilesOfTheStart() {
		assertThat(exercises(Language.EN)).allSatisfy((exercise) -> {
			List<Path> start = Exercise.files(exercise.start());
			assertThat(Exercise.files(exercise.solution())).isNotEmpty().allSatisfy((file) -> {
				assertThat(start).contains(file);
				assertThat(exercise.solution().resolve(file)).content()
					.isNotEqualTo(Files.readString(exercise.start().resolve(file)));
			});
		});
	}

	/**
	 * A check that named the folder itself would not see the learner's files.
	 */
	@Test
	void aCheckReadsTheLearnersFiles() {
		assertThat(exercises(Language.EN)).allSatisfy((exercise) -> assertThat(outline(exercise))
			.anySatisfy((line) -> assertThat(line).contains("$" + Exercise.VARIABLE))
			.noneSatisfy((line) -> assertThat(line).contains("exercises/")));
	}

	@Test
	void whatALearnerHasWrittenIsKept() throws IOException {
		Exercise exercise = exercises(Language.EN).get(0);
		Ticks ticks = new Ticks(this.state.resolve("ticks"));
		assertThat(exercise.state(ticks)).isEqualTo(Exercise.ExerciseState.OPEN);
		exercise.begin();
		assertThat(exercise.state(ticks)).isEqualTo(Exercise.ExerciseState.BEGUN);
		List<Path> files = Exercise.files(exercise.start());
		assertThat(Exercise.files(exercise.copy())).isEqualTo(files).hasSizeGreaterThan(1);

		Path own = exercise.copy().resolve(files.get(0));
		Files.writeString(own, "mine");
		Files.delete(exercise.copy().resolve(files.get(1)));
		exercise.begin();
		assertThat(own).hasContent("mine");
		assertThat(exercise.copy().resolve(files.get(1)))
			.hasSameTextualContentAs(exercise.start().resolve(files.get(1)));
	}

	@Test
	void goesOnWithTheOneThatWasBegun() {
		ExerciseEntry solved = new ExerciseEntry("listener", Exercise.ExerciseState.SOLVED, "One");
		ExerciseEntry open = new ExerciseEntry("skipped", Exercise.ExerciseState.OPEN, "Two");
		ExerciseEntry begun = new ExerciseEntry("evicted", Exercise.ExerciseState.BEGUN, "Three");
		assertThat(ExerciseEntry.next(List.of(solved, open, begun))).contains(begun);
		assertThat(ExerciseEntry.next(List.of(solved, open))).contains(open);
		assertThat(ExerciseEntry.next(List.of(solved))).isEmpty();
	}

	@Test
	void isSolvedWhenEveryStepOfTheCheckHasPassed() {
		Exercise exercise = exercises(Language.EN).get(0);
		Ticks ticks = new Ticks(this.state.resolve("ticks"));
		int steps = exercise.check().steps().size();
		for (int step = 1; step < steps; step++) {
			ticks.add(exercise.check(), step);
			assertThat(exercise.state(ticks)).isNotEqualTo(Exercise.ExerciseState.SOLVED);
		}
		ticks.add(exercise.check(), steps);
		assertThat(exercise.state(ticks)).isEqualTo(Exercise.ExerciseState.SOLVED);
	}

	@Test
	void anUnknownNameIsAnsweredWithThoseThatThereAre() {
		Messages messages = Messages.in(Language.EN);
		Exercises exercises = Exercises.in(new LabHome(LAB, this.state), messages);
		assertThatExceptionOfType(LabException.class).isThrownBy(() -> exercises.named("lunch", messages))
			.withMessageContaining("lunch")
			.withMessageContaining(exercises.all().get(0).name());
	}

}
