package lab.console.exercise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import lab.console.exercise.Exercise.Address;
import lab.console.exercise.Exercise.ExerciseState;
import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.Prose;
import lab.console.lesson.Lesson;
import lab.console.lesson.PlainText;
import lab.console.lesson.Renaming;
import lab.console.lesson.Ticks;
import lab.console.lesson.report.TourReport;
import lab.console.lesson.tour.Tours;
import lab.console.lesson.tour.Tours.Place;
import lab.console.process.Cleanup;
import lab.console.process.LabHome;
import lab.console.process.Ports;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.OptionException;
import lab.console.terminal.Table;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code lab exercise}: lists the exercises; begins one; runs and checks it, or helps
 * with it.
 */
@Command(name = "exercise")
public final class ExerciseCommand implements Callable<Integer> {

	@Mixin
	private final LabOptions options = new LabOptions();

	@Parameters(arity = "0..1", paramLabel = "NAME", descriptionKey = "exercise.name")
	private @Nullable String name;

	@ArgGroup
	private Request wanted = new Request();

	/**
	 * What to do with an exercise instead of showing its task.
	 */
	private static final class Request {

		@Option(names = "--check", descriptionKey = "exercise.check")
		private boolean check;

		@Option(names = "--try", descriptionKey = "exercise.keep")
		private boolean keep;

		@Option(names = "--hint", paramLabel = "N", descriptionKey = "exercise.hint")
		private @Nullable Integer hint;

		@Option(names = "--solution", descriptionKey = "exercise.solution")
		private boolean solution;

		private boolean isTask() {
			return !this.check && !this.keep && this.hint == null && !this.solution;
		}

	}

	/**
	 * An exercise that was begun.
	 *
	 * @param folder of the learner's files
	 */
	private record Begun(String name, String title, String folder, List<String> files, int hints) {
	}

	/**
	 * A hint, or why the solution is right.
	 */
	private record Told(String text) {
	}

	private record SolvedFile(String file, String content) {
	}

	@Override
	public Integer call() throws Exception {
		Messages messages = this.options.messages();
		LabHome home = LabHome.ofProcess();
		Exercises exercises = Exercises.in(home, messages);
		Ticks ticks = new Ticks(home.solvedExercises());
		Terminal terminal = Terminal.ofProcess();
		if (this.name == null) {
			if (!this.wanted.isTask()) {
				throw new OptionException(messages.get("exercise.which", messages.command("exercise")));
			}
			list(exercises, ticks, terminal, messages);
			return 0;
		}
		Exercise exercise = exercises.named(this.name, messages);
		if (this.wanted.check || this.wanted.keep) {
			return check(exercise, home, ticks, terminal, messages);
		}
		if (this.wanted.hint != null) {
			Answer hint = hint(exercise, this.wanted.hint, messages);
			hint.nodes().forEach((node) -> completeCommands(node, messages));
			tell(List.of(hint), terminal, messages);
		}
		else if (this.wanted.solution) {
			printSolution(exercise, terminal, messages);
			tell(exercise.explanation(), terminal, messages);
		}
		else {
			begin(exercise, home, terminal, messages);
		}
		return 0;
	}

	private void tell(List<Answer> answers, Terminal terminal, Messages messages) {
		if (this.options.json()) {
			answers.forEach((answer) -> terminal.println(
					Json.line(new Told(answer.nodes().stream().map(PlainText::of).collect(Collectors.joining("\n"))))));
		}
		else {
			TourReport report = Tours.report(this.options, terminal, messages);
			answers.forEach(report::tell);
		}
	}

	private void list(Exercises exercises, Ticks ticks, Terminal terminal, Messages messages) {
		List<ExerciseEntry> entries = exercises.entries(ticks);
		if (this.options.json()) {
			entries.forEach((entry) -> terminal.println(Json.line(entry)));
			return;
		}
		Table table = new Table(messages.get("lessons.name"), messages.get("lessons.state"),
				messages.get("lessons.title"));
		for (ExerciseEntry entry : entries) {
			String state = switch (entry.state()) {
				case OPEN -> messages.get("lessons.open");
				case BEGUN -> messages.get("exercise.begun");
				case SOLVED -> terminal.style(Style.GREEN, "✓ " + messages.get("exercise.solved"));
			};
			table.row(terminal.style(Style.BOLD, entry.name()), state, entry.title());
		}
		table.print(terminal.out());
		terminal.println("");
		ExerciseEntry.next(entries)
			.ifPresentOrElse(
					(next) -> terminal.println(
							messages.get((next.state() == ExerciseState.BEGUN) ? "exercise.continue" : "exercise.try",
									command(next.name(), "", messages))),
					() -> terminal.println(messages.get("exercise.all-solved")));
	}

	private void begin(Exercise exercise, LabHome home, Terminal terminal, Messages messages) {
		List<String> files = files(exercise.start(), messages).stream().map(Path::toString).toList();
		try {
			exercise.begin();
		}
		catch (IOException ex) {
			throw new LabException(messages.get("exercise.unwritable", exercise.copy()), ex);
		}
		Path folder = shown(exercise.copy(), home);
		if (this.options.json()) {
			terminal.println(Json.line(new Begun(exercise.name(), exercise.page().title(), folder.toString(), files,
					exercise.hints().size())));
			return;
		}
		TourReport report = Tours.report(this.options, terminal, messages);
		report.lesson(exercise.page());
		exercise.task().stream().filter(Prose.class::isInstance).map(Prose.class::cast).forEach((prose) -> {
			completeCommands(prose.node(), messages);
			report.read(prose);
		});
		terminal.println("");
		terminal.println(messages.get("exercise.files", folder, String.join(", ", files)));
		terminal.println(messages.get("exercise.next", command(exercise.name(), " --try", messages),
				command(exercise.name(), " --check", messages)));
		terminal.println(messages.get("exercise.counts"));
	}

	/**
	 * Lets the commands that a text tells the learner to type keep the language.
	 */
	private static void completeCommands(Node text, Messages messages) {
		text.accept(new AbstractVisitor() {
			@Override
			public void visit(Code code) {
				if (code.getLiteral().startsWith("./lab ")) {
					code.setLiteral(messages.command(code.getLiteral().substring("./lab ".length())));
				}
			}
		});
	}

	private static List<Path> files(Path folder, Messages messages) {
		try {
			return Exercise.files(folder);
		}
		catch (IOException ex) {
			throw new LabException(messages.get("lessons.unreadable", folder), ex);
		}
	}

	/**
	 * Returns the path as a person at the root of the lab types it.
	 */
	private static Path shown(Path path, LabHome home) {
		return path.startsWith(home.root()) ? home.root().relativize(path) : path;
	}

	private int check(Exercise exercise, LabHome home, Ticks ticks, Terminal terminal, Messages messages)
			throws Exception {
		if (!Files.isDirectory(exercise.copy())) {
			throw new LabException(
					messages.get("exercise.not-begun", exercise.name(), command(exercise.name(), "", messages)));
		}
		List<Path> missing = missing(exercise, messages);
		if (!missing.isEmpty()) {
			throw new LabException(messages.get("exercise.missing", shown(exercise.copy(), home),
					missing.stream().map(Path::toString).collect(Collectors.joining(", ")),
					command(exercise.name(), "", messages)));
		}
		Place place = new Place(home, BrokerKind.EMBEDDED, Renaming.NONE,
				Map.of(Exercise.VARIABLE, exercise.copy().toString()), this.options);
		Lesson check = this.wanted.keep ? exercise.trial() : exercise.check();
		TourReport report = Tours.report(this.options, terminal, messages);
		Tours.preflight(check, place, report, messages);
		if (this.wanted.keep) {
			return Tours.runAndKeep(check, place, ticks, report, messages, (status) -> {
				sayResult(status, exercise, home, terminal, messages);
				sayKept(exercise, terminal, messages);
				sayLogs(check, home, terminal, messages);
			});
		}
		int status = Tours.run(check, 1, place, ticks, report, messages);
		sayResult(status, exercise, home, terminal, messages);
		return status;
	}

	private static List<Path> missing(Exercise exercise, Messages messages) {
		return files(exercise.start(), messages).stream()
			.filter((file) -> !Files.exists(exercise.copy().resolve(file)))
			.toList();
	}

	private void sayResult(int status, Exercise exercise, LabHome home, Terminal terminal, Messages messages) {
		if (this.options.json() || status == Cleanup.INTERRUPTED) {
			return;
		}
		terminal
			.println((status == 0) ? messages.get("exercise.done", command(exercise.name(), " --solution", messages))
					: messages.get("exercise.not-solved", shown(exercise.copy(), home),
							command(exercise.name(), " --hint 1", messages)));
	}

	private void sayKept(Exercise exercise, Terminal terminal, Messages messages) {
		if (this.options.json()) {
			return;
		}
		List<Address> listening = exercise.addresses()
			.stream()
			.filter((address) -> Ports.taken(address.port()))
			.toList();
		if (!listening.isEmpty()) {
			terminal.println("");
			terminal.println(messages.get("exercise.listens"));
			int width = listening.stream().mapToInt((address) -> address.name().length()).max().orElseThrow();
			listening.forEach((address) -> terminal
				.println(("  %-" + width + "s  %s").formatted(address.name(), address.shown())));
		}
		terminal.println("");
		terminal.println(messages.get("exercise.kept", exercise.copy(), messages.command("status")));
	}

	private static String command(String exercise, String option, Messages messages) {
		return messages.command("exercise " + exercise + option);
	}

	private void sayLogs(Lesson check, LabHome home, Terminal terminal, Messages messages) {
		if (!this.options.json()) {
			terminal.println(messages.get("exercise.follow"));
			Tours.logs(check, home)
				.forEach((log) -> terminal.println("  tail -n 40 -f \"%s\"".formatted(shown(log, home))));
		}
	}

	private static Answer hint(Exercise exercise, int number, Messages messages) {
		if (number < 1 || number > exercise.hints().size()) {
			throw new OptionException(
					messages.get("exercise.no-hint", exercise.name(), exercise.hints().size(), number));
		}
		return exercise.hints().get(number - 1);
	}

	private void printSolution(Exercise exercise, Terminal terminal, Messages messages) {
		for (Path file : files(exercise.solution(), messages)) {
			String content = content(exercise.solution().resolve(file), messages);
			if (this.options.json()) {
				terminal.println(Json.line(new SolvedFile(file.toString(), content)));
			}
			else {
				terminal.println(terminal.style(Style.BOLD, file.toString()));
				content.lines().forEach((line) -> terminal.println(terminal.style(Style.CYAN, "    " + line)));
			}
		}
	}

	private static String content(Path file, Messages messages) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new LabException(messages.get("lessons.unreadable", file), ex);
		}
	}

}
