package lab.console.exercise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import lab.console.lesson.Block;
import lab.console.lesson.Block.Answer;
import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.Ticks;

/**
 * An exercise in one language.
 *
 * @param page its introduction is the task, its last step but one has the hints, the last
 * one says why the solution is right, and those before are the check
 * @param start the folder with the files to begin with
 * @param solution the folder with the files that the solution changes
 * @param copy the folder of the learner's own files
 */
record Exercise(Lesson page, Path start, Path solution, Path copy) {

	/**
	 * The variable with the path of {@link #copy()}, for the commands of the check.
	 */
	static final String VARIABLE = "EXERCISE";

	/**
	 * How far a learner is with an exercise.
	 */
	enum ExerciseState {

		OPEN, BEGUN, SOLVED

	}

	/**
	 * Returns the name of its folder without the number that orders the exercises.
	 */
	String name() {
		return Lessons.shortName(this.page);
	}

	List<Block> task() {
		return this.page.intro();
	}

	/**
	 * Returns the steps that check what the learner has made, as a lesson.
	 */
	Lesson check() {
		return new Lesson(this.page.name(), this.page.title(), List.of(),
				this.page.steps().subList(0, this.page.steps().size() - 2), this.page.ownBroker(), this.page.names());
	}

	List<Answer> hints() {
		return answers(this.page.steps().size() - 1);
	}

	List<Answer> explanation() {
		return answers(this.page.steps().size());
	}

	private List<Answer> answers(int step) {
		return this.page.step(step).blocks().stream().filter(Answer.class::isInstance).map(Answer.class::cast).toList();
	}

	ExerciseState state(Ticks ticks) {
		Lesson check = check();
		if (ticks.steps(check).size() == check.steps().size()) {
			return ExerciseState.SOLVED;
		}
		return Files.isDirectory(this.copy) ? ExerciseState.BEGUN : ExerciseState.OPEN;
	}

	/**
	 * Copies the files that the learner does not have. Those that are there are left as
	 * they are.
	 */
	void begin() throws IOException {
		for (Path file : files(this.start)) {
			Path own = this.copy.resolve(file);
			if (!Files.exists(own)) {
				Files.createDirectories(own.getParent());
				Files.copy(this.start.resolve(file), own);
			}
		}
	}

	/**
	 * Returns the files in the folder, relative to it, by name.
	 */
	static List<Path> files(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

}
