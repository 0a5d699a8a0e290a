package lab.console.lesson.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import lab.console.fault.BrokerProcess;
import lab.console.fault.LabProcess;
import lab.console.fault.TestLab;
import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.Renaming;
import lab.console.lesson.Ticks;
import lab.console.lesson.report.RecordingReport;
import lab.console.process.LabHome;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
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

	private static final int AT_ONCE = 4;

	@TempDir
	private Path folder;

	@Test
	@ResourceLock(LabProcess.PORTS)
	void noneHoldsWhereNothingWasDone() throws Exception {
		LabProcess.assumePortsAreFree();
		// so that ./lab, which some checks call, builds nothing
		new LabProcess(this.folder);
		ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
		try (BrokerProcess broker = BrokerProcess.start("LessonChecksIntegrationTests/broker")) {
			Renaming renaming = new Renaming(broker.bootstrapServers(), "nobody-");
			List<Future<List<String>>> held = new ArrayList<>();
			for (Lesson lesson : Lessons.in(TestLab.ROOT, MESSAGES, renaming).all()) {
				held.add(pool.submit(() -> held(lesson, renaming)));
			}
			for (Future<List<String>> steps : held) {
				assertThat(steps.get()).isEmpty();
			}
		}
		finally {
			pool.shutdownNow();
		}
	}

	/**
	 * Returns the steps whose checks hold.
	 */
	private List<String> held(Lesson lesson, Renaming renaming) throws IOException {
		List<String> held = new ArrayList<>();
		RecordingReport report = new RecordingReport();
		Path home = homeOfNobody(lesson.name());
		Ticks ticks = new Ticks(home.resolve("progress"));
		try (Workplace workplace = Workplace.ofLearner(new LabHome(home, home.resolve(".lab")), renaming,
				Language.EN)) {
			for (int step = 1; step <= lesson.steps().size(); step++) {
				if (!lesson.step(step).checkable()) {
					continue;
				}
				Tour tour = new Tour(workplace, BrokerKind.EXISTING, ticks, report, MESSAGES);
				if (tour.check(lesson, step, LIMIT, Duration.ZERO)) {
					held.add(lesson.name() + " " + step);
				}
				assertThat(report.last().output()).as("what the check of step %d of %s ran", step, lesson.name())
					.noneMatch((line) -> line.contains("command not found"));
			}
		}
		assertThat(ticks.steps(lesson)).as("ticks of %s", lesson.name()).isEmpty();
		return held;
	}

	/**
	 * Makes a copy of the lab, by links, that has no {@code .lab}.
	 */
	private Path homeOfNobody(String name) throws IOException {
		Path home = Files.createDirectory(this.folder.resolve(name));
		try (Stream<Path> files = Files.list(TestLab.ROOT)) {
			for (Path file : files.filter((each) -> !Set.of(".lab", ".git").contains(each.getFileName().toString()))
				.toList()) {
				Files.createSymbolicLink(home.resolve(file.getFileName()), file);
			}
		}
		return home;
	}

}
