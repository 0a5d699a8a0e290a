package lab.console.exercise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.Renaming;
import lab.console.lesson.Ticks;
import lab.console.process.LabHome;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import lab.console.terminal.Nearest;

/**
 * The exercises in one language, in the order of their folders. Each is a folder in
 * {@code exercises}, with its page, its hints, {@code start} and {@code solution}.
 */
record Exercises(List<Exercise> all) {

	/**
	 * Reads the exercises of the messages' language.
	 * @throws LabException if a page cannot be read or does not follow the format
	 */
	static Exercises in(LabHome home, Messages messages) {
		Path folder = home.root().resolve("exercises");
		try (Stream<Path> files = Files.list(folder)) {
			return new Exercises(
					files.filter((file) -> file.getFileName().toString().matches("\\d+-.+") && Files.isDirectory(file))
						.map((one) -> read(one, home, messages))
						.sorted(Comparator.comparing((exercise) -> exercise.page().number()))
						.toList());
		}
		catch (IOException ex) {
			throw new LabException(messages.get("lessons.unreadable", folder), ex);
		}
	}

	private static Exercise read(Path folder, LabHome home, Messages messages) {
		Lesson page = read(folder, "README", messages);
		return new Exercise(page, read(folder, "hints", messages), folder.resolve("start"), folder.resolve("solution"),
				home.exercises().resolve(Lessons.shortName(page)));
	}

	private static Lesson read(Path folder, String file, Messages messages) {
		return Lessons.read(folder.getFileName().toString(),
				folder.resolve(file + ((messages.language() == Language.KO) ? ".ko.md" : ".md")), messages,
				Renaming.NONE);
	}

	/**
	 * Returns how far a learner is with each.
	 */
	List<ExerciseEntry> entries(Ticks ticks) {
		return this.all.stream()
			.map((exercise) -> new ExerciseEntry(exercise.name(), exercise.state(ticks), exercise.page().title()))
			.toList();
	}

	/**
	 * Returns the exercise of that name, or of the name of its folder.
	 * @throws LabException if there is none
	 */
	Exercise named(String name, Messages messages) {
		List<String> names = this.all.stream().map(Exercise::name).toList();
		return this.all.stream()
			.filter((exercise) -> exercise.name().equals(name) || exercise.page().name().equals(name))
			.findFirst()
			.orElseThrow(() -> new LabException(messages.get("exercise.unknown", name, String.join(", ", names),
					Nearest.question(name, names, messages))));
	}

}
