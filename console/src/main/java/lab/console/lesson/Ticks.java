package lab.console.lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The steps that a learner has done, kept in files.
 *
 * @param folder has a file for each lesson that was begun, with a line for each step
 */
public record Ticks(Path folder) {

	/**
	 * How far a learner is with a lesson.
	 */
	public enum LessonState {

		OPEN, BEGUN, DONE

	}

	/**
	 * Returns the numbers of the steps that were done, from 1.
	 */
	public SortedSet<Integer> steps(Lesson lesson) {
		if (!Files.exists(file(lesson))) {
			return new TreeSet<>();
		}
		try {
			return Files.readAllLines(file(lesson))
				.stream()
				.filter((line) -> line.matches("\\d{1,3}"))
				.map(Integer::valueOf)
				.filter((step) -> step <= lesson.steps().size())
				.collect(Collectors.toCollection(TreeSet::new));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Ticks a step, which has no effect where it is ticked already.
	 */
	public void add(Lesson lesson, int step) {
		if (steps(lesson).contains(step)) {
			return;
		}
		try {
			Files.createDirectories(this.folder);
			Files.writeString(file(lesson), step + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns how far the learner is. A lesson is done when all steps are that can be
	 * checked.
	 */
	public LessonState state(Lesson lesson) {
		SortedSet<Integer> steps = steps(lesson);
		if (steps.isEmpty()) {
			return LessonState.OPEN;
		}
		boolean all = IntStream.rangeClosed(1, lesson.steps().size())
			.allMatch((step) -> steps.contains(step) || !lesson.step(step).checkable());
		return all ? LessonState.DONE : LessonState.BEGUN;
	}

	private Path file(Lesson lesson) {
		return this.folder.resolve(lesson.name());
	}

}
