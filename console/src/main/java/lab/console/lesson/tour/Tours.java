package lab.console.lesson.tour;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

import lab.console.lesson.Block.Start;
import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.Renaming;
import lab.console.lesson.Ticks;
import lab.console.lesson.report.JsonReport;
import lab.console.lesson.report.TerminalReport;
import lab.console.lesson.report.TourReport;
import lab.console.process.Cleanup;
import lab.console.process.LabHome;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.CleanupReport;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import lab.console.terminal.WindowSize;

/**
 * Runs tours for the commands that have them.
 */
public final class Tours {

	private static final int NARROWEST = 40;

	private static final int WIDEST = 100;

	private static final Duration MESSAGE_TIMEOUT = Duration.ofSeconds(1);

	private Tours() {
	}

	/**
	 * Where a tour runs.
	 *
	 * @param variables that the lesson's commands have in their environment besides those
	 * of every tour
	 * @param options how to connect to the cluster, where the broker exists already
	 */
	public record Place(LabHome home, BrokerKind broker, Renaming renaming, Map<String, String> variables,
			LabOptions options) {
	}

	/**
	 * Checks what the lesson needs, before anything runs.
	 * @throws LabException if a command is missing that has no substitute
	 */
	public static void preflight(Lesson lesson, Place place, TourReport report, Messages messages) {
		List<Path> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of).toList();
		new Preflight(place.home().root(), place.broker(), messages, path).check(lesson).forEach(report::standIn);
	}

	/**
	 * Runs the lesson and stops what it started, also when the process is told to end.
	 * @param from the first step to report in full
	 * @return the exit status: 0 if all checks passed
	 */
	public static int run(Lesson lesson, int from, Place place, Ticks ticks, TourReport report, Messages messages)
			throws Exception {
		return run(lesson, from, place, ticks, report, messages, (cleanup, status) -> {
		});
	}

	/**
	 * Runs the lesson, and keeps what it started until the process is told to end.
	 * @param ended is told the exit status of the lesson
	 */
	public static int runAndKeep(Lesson lesson, Place place, Ticks ticks, TourReport report, Messages messages,
			IntConsumer ended) throws Exception {
		return run(lesson, 1, place, ticks, report, messages, (cleanup, status) -> {
			ended.accept(status);
			cleanup.awaitInterrupt();
		});
	}

	/**
	 * What is done before a lesson's programs are stopped.
	 */
	@FunctionalInterface
	private interface AtTheEnd {

		void accept(Cleanup cleanup, int status) throws InterruptedException;

	}

	private static int run(Lesson lesson, int from, Place place, Ticks ticks, TourReport report, Messages messages,
			AtTheEnd end) throws Exception {
		return Cleanup.run(new CleanupReport(messages), (cleanup) -> {
			if (place.broker() == BrokerKind.EXISTING) {
				cleanup.add(place.options().bootstrapServer(), SharedCluster.CLOSE_TIMEOUT,
						SharedCluster.enter(place.options(), lesson));
			}
			Workplace workplace = cleanup.add(Lessons.shortName(lesson), Workplace.CLOSE_TIMEOUT,
					open(place, messages));
			cleanup.add("tour", MESSAGE_TIMEOUT, () -> {
				if (cleanup.interrupted()) {
					System.err.println();
					System.err.println(messages.get("tour.interrupted"));
				}
			});
			int status = new Tour(workplace, place.broker(), ticks, report, messages).run(lesson, from) ? 0 : 1;
			end.accept(cleanup, status);
			return status;
		});
	}

	/**
	 * Returns the files with what the services of the lesson print that a tour has
	 * started, in the order in which it starts them. The tour deletes them when it ends.
	 */
	public static List<Path> logs(Lesson lesson, LabHome home) {
		return lesson.steps()
			.stream()
			.flatMap((step) -> step.blocks().stream())
			.filter(Start.class::isInstance)
			.map((start) -> Workplace.logOfTour(home, ((Start) start).service()))
			.distinct()
			.filter(Files::exists)
			.toList();
	}

	private static Workplace open(Place place, Messages messages) {
		try {
			return Workplace.ofTour(place.home(), place.broker(), place.renaming(), place.variables(),
					messages.language());
		}
		catch (UncheckedIOException ex) {
			throw new LabException(messages.get("tour.unwritable", place.home().state()), ex);
		}
	}

	/**
	 * Reports to the person at the terminal, or to a program that has asked for JSON.
	 */
	public static TourReport report(LabOptions options, Terminal terminal, Messages messages) {
		return options.json() ? new JsonReport(terminal)
				: new TerminalReport(terminal, messages, Terminal.keyboard(), width());
	}

	/**
	 * Returns the width of the terminal, or 100 where there is none or it is wider:
	 * longer lines are hard to read.
	 */
	private static int width() {
		return Math.min(Math.max(WindowSize.widthOfInput().orElse(WIDEST), NARROWEST), WIDEST);
	}

}
