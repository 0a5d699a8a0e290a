package lab.console.lesson;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.terminal.BrokerKind;
import lab.console.terminal.LabException;
import lab.console.terminal.LabHome;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal.Style;
import lab.console.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code lab tour}: runs a lesson and checks that all is as it says.
 */
@Command(name = "tour")
public final class TourCommand implements Callable<Integer> {

	private static final int WIDEST = 100;

	/**
	 * What a shell reports of a program that Ctrl-C has ended.
	 */
	private static final int INTERRUPTED = 130;

	@Mixin
	private final LabOptions options = new LabOptions();

	@Parameters(arity = "0..1", paramLabel = "LESSON", descriptionKey = "tour.lesson")
	private @Nullable String lesson;

	@Option(names = "--broker", paramLabel = "embedded|docker", descriptionKey = "tour.broker")
	private BrokerKind broker = BrokerKind.EMBEDDED;

	@Override
	public Integer call() {
		Messages messages = this.options.messages();
		Terminal terminal = Terminal.ofProcess();
		Path home = LabHome.ofProcess().root();
		Lesson lesson = choose(Lessons.in(home, messages), messages);
		List<Path> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of).toList();
		List<String> standIns = new Preflight(home, this.broker, messages, path).check(lesson);
		TourReport report = this.options.json() ? new JsonReport(terminal)
				: new TerminalReport(terminal, messages, keyboard(), width());
		if (!this.options.json()) {
			standIns.forEach((sentence) -> terminal.println(terminal.style(Style.DIM, sentence)));
		}
		return run(lesson, home, this.broker, report, messages);
	}

	/**
	 * Runs the lesson and clears away, also when the process is told to end.
	 */
	static int run(Lesson lesson, Path home, BrokerKind broker, TourReport report, Messages messages) {
		Workplace workplace = open(home, broker, messages);
		Thread interruption = new Thread(() -> {
			System.err.println();
			System.err.println(messages.get("tour.interrupted"));
			workplace.close();
		});
		Runtime.getRuntime().addShutdownHook(interruption);
		try (workplace) {
			return new Tour(workplace, broker, report, messages).run(lesson) ? 0 : 1;
		}
		catch (TourInterruptedException ex) {
			return INTERRUPTED;
		}
		finally {
			removeShutdownHook(interruption);
		}
	}

	private static Workplace open(Path home, BrokerKind broker, Messages messages) {
		try {
			return new Workplace(home, broker, messages.language());
		}
		catch (UncheckedIOException ex) {
			throw new LabException(messages.get("tour.unwritable", home.resolve(".lab")), ex);
		}
	}

	private static void removeShutdownHook(Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (IllegalStateException ex) {
			// it runs already
		}
	}

	private Lesson choose(Lessons lessons, Messages messages) {
		String wanted = (this.lesson != null) ? this.lesson : "1";
		return lessons.find(wanted)
			.orElseThrow(() -> new LabException(messages.get("tour.unknown-lesson", wanted,
					lessons.all().stream().map(Lessons::shortName).collect(Collectors.joining(", ")))));
	}

	private static BufferedReader keyboard() {
		return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
	}

	/**
	 * As wide as the terminal, where there is one; a line that is longer than a hundred
	 * letters is hard to read.
	 */
	private static int width() {
		try {
			Process stty = new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT)
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip()
				.split(" ");
			int columns = (size.length == 2) ? Integer.parseInt(size[1]) : 0;
			return (columns > 0) ? Math.min(Math.max(columns, 40), WIDEST) : WIDEST;
		}
		catch (IOException | NumberFormatException ex) {
			return WIDEST;
		}
	}

}
