package lab.console.lesson.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lab.console.group.Cluster;
import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.ProgressReport;
import lab.console.lesson.Renaming;
import lab.console.lesson.Ticks;
import lab.console.lesson.report.TourReport;
import lab.console.lesson.tour.Tours.Place;
import lab.console.process.Cleanup;
import lab.console.process.LabHome;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.CleanupReport;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.NextCommand;
import lab.console.terminal.OptionException;
import lab.console.terminal.Terminal;
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

	@Option(names = "--report", paramLabel = "HOST", descriptionKey = "tour.report", defaultValue = "${LAB_REPORT}")
	private @Nullable String reportTo;

	@Option(names = "--name", paramLabel = "NAME", descriptionKey = "tour.name", defaultValue = "${LAB_NAME}")
	private @Nullable String name;

	@Option(names = "--word", paramLabel = "WORD", descriptionKey = "tour.word", defaultValue = "${LAB_WORD}")
	private @Nullable String word;

	private @Nullable String saidProblem;

	@Override
	public Integer call() throws Exception {
		ClassReporter reporter = reporter(this.options.messages());
		try {
			return run(reporter);
		}
		finally {
			if (reporter != null) {
				sayProblem(reporter, this.options.messages());
			}
		}
	}

	/**
	 * Says why the last report has not arrived, unless it was said before.
	 * @return whether it has arrived
	 */
	private boolean sayProblem(ClassReporter reporter, Messages messages) {
		Optional<String> problem = reporter.problem()
			.map((reason) -> reason.isEmpty() ? messages.get("tour.report-away") : reason);
		problem.filter((reason) -> !reason.equals(this.saidProblem))
			.ifPresent((reason) -> System.err.println(messages.get("tour.not-reported", this.reportTo, reason)));
		this.saidProblem = problem.orElse(null);
		return problem.isEmpty();
	}

	/**
	 * Notes under which name the ticks of this lab were reported.
	 * @return the name before, if it was another one
	 */
	static Optional<String> noteName(LabHome home, String name) {
		Path file = home.progress().resolve("reported-as");
		try {
			String before = Files.exists(file) ? Files.readString(file) : name;
			Files.createDirectories(home.progress());
			Files.writeString(file, name);
			return Optional.of(before).filter((other) -> !other.equalsIgnoreCase(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reports the lessons that begin, and all that was done in others before: a page that
	 * was away, or was started again, has it all then. A wrong word is said now.
	 * @return whether the reports arrive
	 */
	private boolean reportAll(ClassReporter reporter, Lessons all, List<Lesson> beginning, Ticks ticks,
			Messages messages) {
		for (Lesson lesson : all.all()) {
			SortedSet<Integer> done = ticks.steps(lesson);
			if (beginning.contains(lesson) || !done.isEmpty()) {
				reporter.report(lesson, done, 0);
			}
		}
		return sayProblem(reporter, messages);
	}

	/**
	 * Returns who reports the learner's ticks, or null if the learner has not asked for
	 * it.
	 */
	private @Nullable ClassReporter reporter(Messages messages) {
		if (this.reportTo == null) {
			return null;
		}
		if (this.name == null || this.word == null || this.name.isBlank()
				|| this.name.length() > ProgressReport.LONGEST_NAME) {
			throw new OptionException(messages.get("tour.no-name", ProgressReport.LONGEST_NAME));
		}
		try {
			return new ClassReporter(ClassReporter.server(this.reportTo), this.name.strip(), this.word);
		}
		catch (IllegalArgumentException ex) {
			throw new OptionException(messages.get("tour.report-wrong", this.reportTo));
		}
	}

	private int run(@Nullable ClassReporter reporter) throws Exception {
		Messages messages = this.options.messages();
		Terminal terminal = Terminal.ofProcess();
		LabHome home = LabHome.ofProcess();
		Renaming renaming = new Renaming(this.options.bootstrapServer(), this.options.prefix());
		Lessons all = Lessons.in(home.root(), messages, renaming);
		List<Lesson> lessons = all.choose(this.wanted, messages);
		TourReport report = Tours.report(this.options, terminal, messages);
		Ticks ticks = (reporter != null) ? new Ticks(home.progress(), reporter::report) : new Ticks(home.progress());
		if (reporter != null) {
			boolean done = all.all().stream().anyMatch((lesson) -> !ticks.steps(lesson).isEmpty());
			if (reportAll(reporter, all, lessons, ticks, messages)) {
				noteName(home, reporter.name()).filter((before) -> done)
					.ifPresent((before) -> System.err
						.println(messages.get("tour.other-name", before, reporter.name(), home.progress())));
			}
		}
		if (this.check != null) {
			int step = this.check;
			Lesson lesson = one(lessons, step, messages);
			requireChecks(lesson, step, messages);
			return reportingObstacles(reporter, lesson, step, ticks,
					() -> check(lesson, step, home, renaming, ticks, report, messages));
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
			Place place = new Place(home, kind, renaming, Map.of(), this.options);
			int status = reportingObstacles(reporter, lesson, 1, ticks, () -> {
				Tours.preflight(lesson, place, report, messages);
				return Tours.run(lesson, first, place, ticks, report, messages);
			});
			if (status == Cleanup.INTERRUPTED) {
				return status;
			}
			failed += (status != 0) ? 1 : 0;
		}
		return (failed == 0) ? 0 : 1;
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
	 * Reports a step that cannot even begin: where a port is taken or no broker answers,
	 * a learner is stuck, too.
	 */
	static int reportingObstacles(@Nullable ClassReporter reporter, Lesson lesson, int step, Ticks ticks,
			Callable<Integer> run) throws Exception {
		try {
			return run.call();
		}
		catch (LabException ex) {
			if (reporter != null) {
				reporter.reportObstacle(lesson, ticks.steps(lesson), step);
			}
			throw ex;
		}
	}

	private void requireChecks(Lesson lesson, int step, Messages messages) {
		if (!lesson.step(step).checkable()) {
			String others = IntStream.rangeClosed(1, lesson.steps().size())
				.filter((other) -> lesson.step(other).checkable())
				.mapToObj(String::valueOf)
				.collect(Collectors.joining(", "));
			String name = Lessons.shortName(lesson);
			throw new LabException(others.isEmpty() ? messages.get("tour.no-checks", name, again(name, messages))
					: messages.get("tour.nothing-to-check", step, name, others));
		}
	}

	/**
	 * Returns the command of that lesson's tour, where this one runs and reports.
	 */
	private String again(String lesson, Messages messages) {
		return this.options.addClusterTo(new NextCommand("tour", lesson))
			.with("--broker", this.broker, "")
			.with("--report", this.reportTo, "LAB_REPORT")
			.with("--name", this.name, "LAB_NAME")
			.with("--word", this.word, "LAB_WORD")
			.in(messages);
	}

	private int check(Lesson lesson, int step, LabHome home, Renaming renaming, Ticks ticks, TourReport report,
			Messages messages) throws Exception {
		if (!Cluster.reachable(renaming.bootstrapServer())) {
			throw new LabException(
					messages.get("tour.check.no-broker", renaming.bootstrapServer(), messages.command("up")));
		}
		try (Cluster cluster = Cluster.connect(this.options)) {
			// else each command of the step would wait for what accepts connections, but
			// is no broker
			cluster.nodes();
		}
		return Cleanup.run(new CleanupReport(messages), (cleanup) -> {
			Workplace workplace = cleanup.add(Lessons.shortName(lesson), Workplace.CLOSE_TIMEOUT,
					Workplace.ofLearner(home, renaming, messages.language()));
			return new Tour(workplace, BrokerKind.EXISTING, ticks, report, messages).check(lesson, step,
					Tour.CHECK_LIMIT, Tour.CHECK_TIMEOUT) ? 0 : 1;
		});
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

}
