package lab.console.lesson.list;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import lab.console.lesson.Lessons;
import lab.console.process.LabHome;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Templates;
import lab.console.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code lab lessons print}: writes two pages for a browser to print, one with the
 * questions of lessons for learners to answer, one with what to remember of each.
 */
@Command(name = "print")
final class PrintCommand implements Callable<Integer> {

	@Mixin
	private final LabOptions options = new LabOptions();

	@Parameters(arity = "0..*", paramLabel = "LESSON", descriptionKey = "print.lesson", defaultValue = "all")
	private List<String> wanted = List.of();

	@Option(names = "--out", paramLabel = "DIR", descriptionKey = "print.out")
	private @Nullable Path out;

	/**
	 * The values of both templates.
	 */
	private record Sheets(String language, String title, String name, String expected, String seen, String production,
			List<Handout> lessons) {
	}

	@Override
	public Integer call() {
		Messages messages = this.options.messages();
		LabHome home = LabHome.ofProcess();
		List<Handout> lessons = Lessons.in(home.root(), messages)
			.choose(this.wanted, messages)
			.stream()
			.map((lesson) -> Handout.of(lesson, messages))
			.toList();
		Path folder = (this.out != null) ? this.out : home.state().resolve("print");
		Terminal terminal = Terminal.ofProcess();
		for (String page : List.of("predictions", "handouts")) {
			terminal.println(messages.get("print.written", write(folder, page, lessons, messages)));
		}
		return 0;
	}

	private static Path write(Path folder, String page, List<Handout> lessons, Messages messages) {
		Path file = folder.resolve(page + ".html");
		try {
			Files.createDirectories(folder);
			return Files.writeString(file, html(page, lessons, messages), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new LabException(messages.get("print.unwritable", folder), ex);
		}
	}

	/**
	 * Returns the page as HTML without references to other files.
	 * @param page {@code predictions} or {@code handouts}
	 */
	static String html(String page, List<Handout> lessons, Messages messages) {
		return Templates.fill(PrintCommand.class, page + ".mustache",
				new Sheets(messages.language().code(), messages.get("print." + page), messages.get("print.name"),
						messages.get("print.expected"), messages.get("print.seen"), messages.get("print.production"),
						lessons));
	}

}
