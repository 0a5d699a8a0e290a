package lab.console.lesson;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.Nearest;

/**
 * The lessons of one language, in the order of their file names. A lesson is added by
 * adding a file.
 */
public record Lessons(List<Lesson> all) {

	public static Lessons in(Path home, Messages messages) {
		return in(home, messages, Renaming.NONE);
	}

	/**
	 * Reads the lessons of the messages' language.
	 * @throws LabException if a file cannot be read or is not a lesson
	 */
	public static Lessons in(Path home, Messages messages, Renaming renaming) {
		Path folder = folder(home, messages);
		try (Stream<Path> files = Files.list(folder)) {
			return new Lessons(files.filter((file) -> file.getFileName().toString().matches("\\d+-.*\\.md"))
				.sorted()
				.map((file) -> read(file.getFileName().toString().replaceFirst("\\.md$", ""), file, messages, renaming))
				.toList());
		}
		catch (IOException ex) {
			throw new LabException(messages.get("lessons.unreadable", folder), ex);
		}
	}

	/**
	 * Reads a lesson.
	 * @throws LabException if the file cannot be read or is not a lesson
	 */
	public static Lesson read(String name, Path file, Messages messages, Renaming renaming) {
		try {
			return LessonParser.parse(name, Files.readString(file, StandardCharsets.UTF_8), renaming);
		}
		catch (LessonSyntaxException ex) {
			throw new LabException(messages.get("lessons.syntax", file, ex.getLine(), ex.getText()), ex);
		}
		catch (IOException ex) {
			throw new LabException(messages.get("lessons.unreadable", file), ex);
		}
	}

	/**
	 * Finds a lesson by its number ({@code 3}), name ({@code consumer-group}) or file
	 * name.
	 */
	public Optional<Lesson> find(String wanted) {
		return this.all.stream()
			.filter((lesson) -> wanted.equals(lesson.name()) || wanted.equals(shortName(lesson))
					|| wanted.matches("0*" + lesson.number()))
			.findFirst();
	}

	/**
	 * Returns the lessons of those numbers or names, or all for {@code all}.
	 * @throws LabException if there is no such lesson
	 */
	public List<Lesson> choose(List<String> wanted, Messages messages) {
		if (wanted.equals(List.of("all"))) {
			return this.all;
		}
		List<String> names = this.all.stream().map(Lessons::shortName).toList();
		return wanted.stream()
			.map((one) -> find(one).orElseThrow(() -> new LabException(messages.get("tour.unknown-lesson", one,
					String.join(", ", names), Nearest.question(one, names, messages)))))
			.toList();
	}

	public static Path file(Path home, Messages messages, Lesson lesson) {
		return folder(home, messages).resolve(lesson.name() + ".md");
	}

	/**
	 * Returns the content of the lesson's file.
	 */
	public static String markdown(Path home, Messages messages, Lesson lesson) {
		Path file = file(home, messages, lesson);
		try {
			return Files.readString(file, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new LabException(messages.get("lessons.unreadable", file), ex);
		}
	}

	private static Path folder(Path home, Messages messages) {
		return home.resolve("lessons").resolve(messages.language().code());
	}

	/**
	 * Returns the name without the number that orders the files.
	 */
	public static String shortName(Lesson lesson) {
		return lesson.name().replaceFirst("^\\d+-", "");
	}

}
