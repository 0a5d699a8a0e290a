package lab.console.lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The steps that a learner has done, kept in files.
 *
 * @param folder has a file for each lesson that was begun, with a line for each step
 * @param listener is told when a step is done, is done again, or has failed
 */
public record Ticks(Path folder, TickListener listener) {

	public Ticks(Path folder) {
		this(folder, (lesson, done, failed) -> {
		});
	}

	/**
	 * Follows what a learner does.
	 */
	@FunctionalInterface
	public interface TickListener {

		/**
		 * Takes what is known of a lesson now.
		 * @param done all its steps that were done
		 * @param failed the step that has just failed, or 0
		 */
		void changed(Lesson lesson, SortedSet<Integer> done, int failed);

	}

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
		if (!steps(lesson).contains(step)) {
			write(lesson, step);
		}
		this.listener.changed(lesson, steps(lesson), 0);
	}

	/**
	 * Tells that the step has failed, which keeps its tick where it has one.
	 */
	public void failed(Lesson lesson, int step) {
		this.listener.changed(lesson, steps(lesson), step);
	}

	private void write(Lesson lesson, int step) {
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
	 * checked, or where none can, all that can be done on the board.
	 */
	public LessonState state(Lesson lesson) {
		SortedSet<Integer> steps = steps(lesson);
		if (steps.isEmpty()) {
			return LessonState.OPEN;
		}
		return isDone(lesson, steps) ? LessonState.DONE : LessonState.BEGUN;
	}

	/**
	 * Whether the lesson is done when these steps are.
	 */
	public static boolean isDone(Lesson lesson, SortedSet<Integer> steps) {
		return !steps.isEmpty() && steps.containsAll(lesson.needed());
	}

	private Path file(Lesson lesson) {
		return this.folder.resolve(lesson.name());
	}

}
