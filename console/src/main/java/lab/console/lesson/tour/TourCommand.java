package lab.console.lesson.tour;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lab.console.group.Cluster;
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
import lab.console.terminal.Terminal.Style;
import lab.console.terminal.WindowSize;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code lab tour}: runs a lesson and checks what it says.
 */
@Command(name = "tour")
public final class TourCommand implements Callable<Integer> {

	private static final int NARROWEST = 40;

	private static final int WIDEST = 100;

	private static final Duration MESSAGE_TIMEOUT = Duration.ofSeconds(1);

	@Mixin
	private final LabOptions options = new LabOptions();

	@Parameters(arity = "0..*", paramLabel = "LESSON", descriptionKey = "tour.lesson", defaultValue = "consumer-group")
	private List<String> wanted = List.of();

	@Option(names = "--broker", paramLabel = "embedded|docker", descriptionKey = "tour.broker")
	private @Nullable BrokerKind broker;

	@Option(names = "--from", paramLabel = "STEP", descriptionKey = "tour.from")
	private @Nullable Integer from;

	@Option(names = "--check", paramLabel = "STEP", descriptionKey = "tour.check")
	private @Nullable Integer check;

	@Override
	public Integer call() throws Exception {
		Messages messages = this.options.messages();
		Terminal terminal = Terminal.ofProcess();
		LabHome home = LabHome.ofProcess();
		Renaming renaming = new Renaming(this.options.bootstrapServer(), this.options.prefix());
		List<Lesson> lessons = choose(this.wanted, Lessons.in(home.root(), messages, renaming), messages);
		TourReport report = this.options.json() ? new JsonReport(terminal)
				: new TerminalReport(terminal, messages, keyboard(), width());
		Ticks ticks = new Ticks(home.progress());
		if (this.check != null) {
			return check(one(lessons, this.check, messages), this.check, home, renaming, ticks, report, messages);
		}
		int first = (this.from != null) ? this.from : 1;
		if (this.from != null) {
			one(lessons, first, messages);
		}
		BrokerKind kind = broker(renaming, messages);
		int failed = 0;
		for (Lesson lesson : lessons) {
			if (kind == BrokerKind.EXISTING && lesson.ownBroker()) {
				throw new LabException(messages.get("tour.own-broker", Lessons.shortName(lesson)));
			}
			List<String> standIns = preflight(home, kind, messages).check(lesson);
			if (!this.options.json()) {
				standIns.forEach((sentence) -> terminal.println(terminal.style(Style.DIM, sentence)));
			}
			int status = run(lesson, first, new Place(home, kind, renaming, this.options), ticks, report, messages);
			if (status == Cleanup.INTERRUPTED) {
				return status;
			}
			failed += (status != 0) ? 1 : 0;
		}
		return (failed == 0) ? 0 : 1;
	}

	static Preflight preflight(LabHome home, BrokerKind broker, Messages messages) {
		List<Path> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of).toList();
		return new Preflight(home.root(), broker, messages, path);
	}

	/**
	 * Returns the kind of broker: the existing one where there is a prefix, else one that
	 * the lesson starts.
	 */
	private BrokerKind broker(Renaming renaming, Messages messages) {
		if (!renaming.prefix().isEmpty()) {
			return BrokerKind.EXISTING;
		}
		if (!renaming.bootstrapServer().equals(Renaming.NONE.bootstrapServer())) {
			throw new LabException(messages.get("tour.no-prefix", renaming.bootstrapServer()));
		}
		return (this.broker != null) ? this.broker : BrokerKind.EMBEDDED;
	}

	/**
	 * Where a tour runs.
	 *
	 * @param options how to connect to the cluster, where the broker exists already
	 */
	record Place(LabHome home, BrokerKind broker, Renaming renaming, LabOptions options) {
	}

	/**
	 * Runs the lesson and stops what it started, also when the process is told to end.
	 */
	static int run(Lesson lesson, int from, Place place, Ticks ticks, TourReport report, Messages messages)
			throws Exception {
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
			return new Tour(workplace, place.broker(), ticks, report, messages).run(lesson, from) ? 0 : 1;
		});
	}

	private static int check(Lesson lesson, int step, LabHome home, Renaming renaming, Ticks ticks, TourReport report,
			Messages messages) throws Exception {
		if (!lesson.step(step).checkable()) {
			String others = IntStream.rangeClosed(1, lesson.steps().size())
				.filter((other) -> lesson.step(other).checkable())
				.mapToObj(String::valueOf)
				.collect(Collectors.joining(", "));
			String name = Lessons.shortName(lesson);
			throw new LabException(others.isEmpty() ? messages.get("tour.no-checks", name)
					: messages.get("tour.nothing-to-check", step, name, others));
		}
		if (!Cluster.reachable(renaming.bootstrapServer())) {
			throw new LabException(messages.get("tour.check.no-broker", renaming.bootstrapServer()));
		}
		return Cleanup.run(new CleanupReport(messages), (cleanup) -> {
			Workplace workplace = cleanup.add(Lessons.shortName(lesson), Workplace.CLOSE_TIMEOUT,
					Workplace.ofLearner(home, renaming, messages.language()));
			return new Tour(workplace, BrokerKind.EXISTING, ticks, report, messages).check(lesson, step,
					Tour.CHECK_LIMIT, Tour.CHECK_TIMEOUT) ? 0 : 1;
		});
	}

	private static Workplace open(Place place, Messages messages) {
		try {
			return Workplace.ofTour(place.home(), place.broker(), place.renaming(), messages.language());
		}
		catch (UncheckedIOException ex) {
			throw new LabException(messages.get("tour.unwritable", place.home().state()), ex);
		}
	}

	/**
	 * Returns the lessons of those numbers or names, or all for {@code all}.
	 */
	static List<Lesson> choose(List<String> wanted, Lessons lessons, Messages messages) {
		if (wanted.equals(List.of("all"))) {
			return lessons.all();
		}
		return wanted.stream()
			.map((one) -> lessons.find(one)
				.orElseThrow(() -> new LabException(messages.get("tour.unknown-lesson", one,
						lessons.all().stream().map(Lessons::shortName).collect(Collectors.joining(", "))))))
			.toList();
	}

	/**
	 * Returns the only lesson, which must have the step.
	 * @throws LabException if there are several lessons, or no such step
	 */
	private static Lesson one(List<Lesson> lessons, int step, Messages messages) {
		Lesson lesson = lessons.get(0);
		if (lessons.size() > 1) {
			throw new LabException(messages.get("tour.one-lesson"));
		}
		if (step < 1 || step > lesson.steps().size()) {
			throw new LabException(
					messages.get("tour.unknown-step", Lessons.shortName(lesson), step, lesson.steps().size()));
		}
		return lesson;
	}

	static BufferedReader keyboard() {
		return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
	}

	/**
	 * Returns the width of the terminal, or 100 where there is none or it is wider:
	 * longer lines are hard to read.
	 */
	static int width() {
		return Math.min(Math.max(WindowSize.widthOfInput().orElse(WIDEST), NARROWEST), WIDEST);
	}

}
