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
 * Which steps a learner has done, so that a lesson can be left and taken up again.
 *
 * @param folder has a file for each lesson that was begun, with a line for each step
 */
public record Progress(Path folder) {

	/**
	 * How far a learner is with a lesson.
	 */
	public enum State {

		OPEN, BEGUN, DONE

	}

	/**
	 * The steps that were done, the first being 1.
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
	 * A lesson is done when all is that can be checked.
	 */
	public State state(Lesson lesson) {
		SortedSet<Integer> steps = steps(lesson);
		if (steps.isEmpty()) {
			return State.OPEN;
		}
		boolean all = IntStream.rangeClosed(1, lesson.steps().size())
			.allMatch((step) -> steps.contains(step) || !lesson.step(step).checkable());
		return all ? State.DONE : State.BEGUN;
	}

	private Path file(Lesson lesson) {
		return this.folder.resolve(lesson.name());
	}

}
