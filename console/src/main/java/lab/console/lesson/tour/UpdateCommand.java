package lab.console.lesson.tour;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.Renaming;
import lab.console.lesson.Ticks;
import lab.console.process.Cleanup;
import lab.console.process.LabHome;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code lab lessons update}: runs lessons, and writes what their commands print into
 * their files. A lesson that fails keeps what it has.
 */
@Command(name = "update")
public final class UpdateCommand implements Callable<Integer> {

	@Mixin
	private final LabOptions options = new LabOptions();

	@Parameters(arity = "0..*", paramLabel = "LESSON", descriptionKey = "update.lesson", defaultValue = "all")
	private List<String> wanted = List.of();

	@Option(names = "--broker", paramLabel = "embedded|docker", descriptionKey = "update.broker",
			defaultValue = "embedded")
	private BrokerKind broker = BrokerKind.EMBEDDED;

	@Override
	public Integer call() throws Exception {
		int failed = 0;
		for (Messages messages : this.options.languages()) {
			LabHome home = LabHome.ofProcess();
			for (Lesson lesson : Lessons.in(home.root(), messages).choose(this.wanted, messages)) {
				int status = update(lesson, home, messages);
				if (status == Cleanup.INTERRUPTED) {
					return status;
				}
				failed += (status != 0) ? 1 : 0;
			}
		}
		return (failed == 0) ? 0 : 1;
	}

	private int update(Lesson lesson, LabHome home, Messages messages) throws Exception {
		Terminal terminal = Terminal.ofProcess();
		OutputRecorder recorder = new OutputRecorder(Tours.report(this.options, terminal, messages), this.broker);
		Tours.Place place = new Tours.Place(home, this.broker, Renaming.NONE, Map.of(), this.options);
		Tours.preflight(lesson, place, recorder, messages);
		int status = Tours.run(lesson, 1, place, new Ticks(home.progress()), recorder, messages);
		if (status == 0) {
			terminal.println(messages.get("update.written", write(recorder, lesson, home, messages),
					home.root().relativize(Lessons.file(home.root(), messages, lesson))));
		}
		return status;
	}

	private static int write(OutputRecorder recorder, Lesson lesson, LabHome home, Messages messages) {
		try {
			return recorder.write(Lessons.file(home.root(), messages, lesson), lesson, Workplace.pathsOfTour(home));
		}
		catch (IOException ex) {
			throw new LabException(
					messages.get("update.unwritable", Lessons.file(home.root(), messages, lesson), ex.getMessage()),
					ex);
		}
	}

}
