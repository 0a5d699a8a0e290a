package lab.console.lesson.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import lab.console.fault.BrokerProcess;
import lab.console.fault.LabProcess;
import lab.console.fault.TestLab;
import lab.console.lesson.Block.Run;
import lab.console.lesson.Lesson;
import lab.console.lesson.Lesson.Step;
import lab.console.lesson.Lessons;
import lab.console.lesson.Renaming;
import lab.console.lesson.Ticks;
import lab.console.lesson.report.RecordingReport;
import lab.console.process.Folders;
import lab.console.process.LabHome;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The checks of all lessons where nothing was done: an empty broker, no services, and a
 * lab that has written no file. That they hold where all was done is shown by each tour.
 */
class LessonChecksIntegrationTests {

	private static final Messages MESSAGES = Messages.in(Language.EN);

	/**
	 * A check whose command waits for a record runs as long as this.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final int AT_ONCE = 2;

	private static BrokerProcess broker;

	private static Renaming renaming;

	@TempDir
	private Path folder;

	@BeforeAll
	static void startBroker() throws Exception {
		broker = BrokerProcess.start("LessonChecksIntegrationTests/broker");
		renaming = new Renaming(broker.bootstrapServers(), "nobody-");
	}

	@AfterAll
	static void stopBroker() throws Exception {
		broker.close();
	}

	@Test
	void noneHoldsOnAnEmptyBroker() throws Exception {
		assertThat(held((step) -> !asksServices(step))).isEmpty();
	}

	@Test
	@ResourceLock(LabProcess.PORTS)
	void noneHoldsWhereNoServiceRuns() throws Exception {
		LabProcess.assumePortsAreFree();
		assertThat(held(LessonChecksIntegrationTests::asksServices)).isEmpty();
	}

	/**
	 * Whether a check of the step connects to a port that is not the broker's.
	 */
	private static boolean asksServices(Step step) {
		return step.checks()
			.stream()
			.anyMatch((block) -> block instanceof Run run
					&& run.script().text().replace(broker.bootstrapServers(), "").contains("localhost:"));
	}

	/**
	 * Returns the steps whose checks hold.
	 */
	private List<String> held(Predicate<Step> which) throws Exception {
		// so that ./lab, which some checks call, builds nothing
		new LabProcess(this.folder);
		ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
		try {
			List<Lesson> all = Lessons.in(TestLab.ROOT, MESSAGES, renaming).all();
			assertThat(all).flatMap(Lesson::steps).anyMatch((step) -> step.checkable() && which.test(step));
			List<Future<List<String>>> lessons = new ArrayList<>();
			for (Lesson lesson : all) {
				lessons.add(pool.submit(() -> held(lesson, which)));
			}
			List<String> held = new ArrayList<>();
			for (Future<List<String>> lesson : lessons) {
				held.addAll(lesson.get());
			}
			return held;
		}
		finally {
			pool.shutdownNow();
		}
	}

	private List<String> held(Lesson lesson, Predicate<Step> which) throws IOException {
		List<Integer> steps = IntStream.rangeClosed(1, lesson.steps().size())
			.filter((number) -> lesson.step(number).checkable() && which.test(lesson.step(number)))
			.boxed()
			.toList();
		List<String> held = new ArrayList<>();
		RecordingReport report = new RecordingReport();
		Path home = homeOfNobody(lesson.name());
		Ticks ticks = new Ticks(this.folder.resolve("ticks"));
		try (Workplace workplace = Workplace.ofLearner(new LabHome(home, home.resolve(".lab")), renaming,
				Language.EN)) {
			for (int step : steps) {
				Tour tour = new Tour(workplace, BrokerKind.EXISTING, ticks, report, MESSAGES);
				if (tour.check(lesson, step, LIMIT, Duration.ZERO)) {
					held.add(lesson.name() + " " + step);
				}
				assertThat(report.last().output()).as("what the check of step %d of %s ran", step, lesson.name())
					.noneMatch((line) -> line.contains("command not found"));
			}
		}
		assertThat(ticks.steps(lesson)).as("ticks of %s", lesson.name()).isEmpty();
		// the links, which the temporary folder would be warned of
		Folders.delete(home);
		return held;
	}

	/**
	 * Makes a copy of the lab, by links, that has no {@code .lab}.
	 */
	private Path homeOfNobody(String name) throws IOException {
		Path home = Files.createDirectory(this.folder.resolve(name));
		for (String needed : List.of("console", "kafka", "lab", "lessons", "order", "product1")) {
			Files.createSymbolicLink(home.resolve(needed), TestLab.ROOT.resolve(needed));
		}
		return home;
	}

}
