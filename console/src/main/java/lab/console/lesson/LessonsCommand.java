package lab.console.lesson;

import java.util.List;
import java.util.concurrent.Callable;

import lab.console.terminal.Json;
import lab.console.terminal.LabHome;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Table;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code lab lessons}: which lessons there are.
 */
@Command(name = "lessons")
public final class LessonsCommand implements Callable<Integer> {

	private record Entry(int number, String name, String title, int steps) {
	}

	@Mixin
	private final LabOptions options = new LabOptions();

	@Override
	public Integer call() {
		Messages messages = this.options.messages();
		List<Lesson> lessons = Lessons.in(LabHome.ofProcess().root(), messages).all();
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
		int number = 0;
		for (Lesson lesson : lessons) {
			terminal.println(
					Json.line(new Entry(++number, Lessons.shortName(lesson), lesson.title(), lesson.steps().size())));
		}
	}

	private static void print(List<Lesson> lessons, Terminal terminal, Messages messages) {
		Table table = new Table(messages.get("lessons.number"), messages.get("lessons.name"),
				messages.get("lessons.steps"), messages.get("lessons.title"));
		int number = 0;
		for (Lesson lesson : lessons) {
			table.row(++number, terminal.style(Style.BOLD, Lessons.shortName(lesson)), lesson.steps().size(),
					lesson.title());
		}
		table.print(terminal.out());
		terminal.println("");
		terminal.println(messages.get("lessons.try", Lessons.shortName(lessons.get(0))));
	}

}
