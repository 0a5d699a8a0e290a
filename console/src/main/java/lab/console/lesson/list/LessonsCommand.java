package lab.console.lesson.list;

import java.util.List;
import java.util.concurrent.Callable;

import lab.console.lesson.Lessons;
import lab.console.lesson.Ticks;
import lab.console.lesson.Ticks.LessonState;
import lab.console.lesson.tour.UpdateCommand;
import lab.console.process.LabHome;
import lab.console.terminal.Json;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Table;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code lab lessons}: lists the lessons and how far the learner is.
 */
@Command(name = "lessons", subcommands = { PrintCommand.class, UpdateCommand.class })
public final class LessonsCommand implements Callable<Integer> {

	@Mixin
	private final LabOptions options = new LabOptions();

	@Override
	public Integer call() {
		Messages messages = this.options.messages();
		LabHome home = LabHome.ofProcess();
		List<LessonEntry> entries = LessonEntry.all(Lessons.in(home.root(), messages), new Ticks(home.progress()));
		Terminal terminal = Terminal.ofProcess();
		if (this.options.json()) {
			entries.forEach((entry) -> terminal.println(Json.line(entry)));
		}
		else {
			print(entries, terminal, messages);
		}
		return 0;
	}

	private static void print(List<LessonEntry> entries, Terminal terminal, Messages messages) {
		Table table = new Table(messages.get("lessons.number"), messages.get("lessons.name"),
				messages.get("lessons.state"), messages.get("lessons.minutes"), messages.get("lessons.title"));
		for (LessonEntry entry : entries) {
			table.row(entry.number(), terminal.style(Style.BOLD, entry.name()), state(entry, terminal, messages),
					messages.get("lessons.about", entry.minutes()), entry.title());
		}
		table.print(terminal.out());
		terminal.println("");
		entries.stream()
			.filter((entry) -> entry.state() != LessonState.DONE)
			.findFirst()
			.ifPresentOrElse(
					(next) -> terminal.println(messages.get("lessons.try", messages.command("tour " + next.name()))),
					() -> terminal.println(messages.get("lessons.all-done")));
	}

	private static String state(LessonEntry entry, Terminal terminal, Messages messages) {
		return switch (entry.state()) {
			case DONE -> terminal.style(Style.GREEN, "✓ " + messages.get("lessons.done"));
			case BEGUN -> messages.get("lessons.begun", entry.done(), entry.steps());
			case OPEN -> messages.get("lessons.open");
		};
	}

}
