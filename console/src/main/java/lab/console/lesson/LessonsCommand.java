package lab.console.lesson;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code lab lessons}: which lessons there are.
 */
@Command(name = "lessons")
public final class LessonsCommand implements Callable<Integer> {

	@Mixin
	private final LabOptions options = new LabOptions();

	@Override
	public Integer call() {
		Messages messages = this.options.messages();
		List<Lesson> lessons = Lessons.in(Path.of(System.getProperty("lab.home", ".")), messages).all();
		Terminal terminal = Terminal.ofProcess();
		if (this.options.json()) {
			printJson(lessons, terminal);
		}
		else {
			print(lessons, terminal, messages);
		}
		return 0;
	}

	private static void printJson(List<Lesson> lessons, Terminal terminal) {
		JsonMapper json = new JsonMapper();
		int number = 0;
		for (Lesson lesson : lessons) {
			Map<String, Object> line = new LinkedHashMap<>();
			line.put("number", ++number);
			line.put("name", Lessons.shortName(lesson));
			line.put("title", lesson.title());
			line.put("steps", lesson.steps().size());
			terminal.println(json.writeValueAsString(line));
		}
	}

	private static void print(List<Lesson> lessons, Terminal terminal, Messages messages) {
		String[] heads = { messages.get("lessons.number"), messages.get("lessons.name"), messages.get("lessons.steps"),
				messages.get("lessons.title") };
		int number = DisplayWidth.of(heads[0]);
		int name = lessons.stream()
			.mapToInt((lesson) -> DisplayWidth.of(Lessons.shortName(lesson)))
			.reduce(DisplayWidth.of(heads[1]), Math::max);
		int steps = DisplayWidth.of(heads[2]);
		terminal.println(terminal.style(Style.DIM,
				heads[0] + "  " + DisplayWidth.pad(heads[1], name) + "  " + heads[2] + "  " + heads[3]));
		int count = 0;
		for (Lesson lesson : lessons) {
			terminal.println(DisplayWidth.pad(String.valueOf(++count), number) + "  "
					+ terminal.style(Style.BOLD, DisplayWidth.pad(Lessons.shortName(lesson), name)) + "  "
					+ DisplayWidth.pad(String.valueOf(lesson.steps().size()), steps) + "  " + lesson.title());
		}
		terminal.println("");
		terminal.println(messages.get("lessons.try", Lessons.shortName(lessons.get(0))));
	}

}
