package lab.console.lesson.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import lab.console.lesson.Lesson;
import lab.console.lesson.LessonParser;
import lab.console.lesson.Renaming;
import lab.console.lesson.Ticks;
import lab.console.lesson.report.RecordingReport;
import lab.console.lesson.tour.Tours.Place;
import lab.console.process.DefaultSignals;
import lab.console.process.LabHome;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A tour in a process of its own that gets a signal in the middle of a lesson.
 */
class InterruptedTourTests {

	private static final String LESSON = """
			# Test

			## Step

			```sh service=p1 ready="is up"
			echo $$ >> pids
			echo p1 is up
			sleep 600 & echo $! >> pids
			wait
			```

			```sh
			echo $$ >> pids
			sleep 600
			```
			""";

	@TempDir
	private Path home;

	private List<ProcessHandle> started = List.of();

	@AfterEach
	void killWhatIsLeft() {
		this.started.forEach(ProcessHandle::destroyForcibly);
	}

	@ParameterizedTest
	@CsvSource({ "INT, 130", "TERM, 143", "HUP, 129" })
	void stopsAllThatItStarted(String signal, int status) throws Exception {
		List<String> command = new ArrayList<>(DefaultSignals.env());
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Main.class.getName(), this.home.toString()));
		Process tour = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.home.resolve("output").toFile())
			.start();
		this.started = List.of(tour.toHandle());
		await("the service and the command run").atMost(Duration.ofMinutes(1)).until(() -> pids().size() == 3);
		this.started = Stream.concat(Stream.of(tour.pid()), pids().stream())
			.flatMap((pid) -> ProcessHandle.of(pid).stream())
			.toList();
		assertThat(this.started).hasSize(4);
		// the shell's own kill: a bare Debian has no program of that name
		new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, tour.pid())).start().waitFor();
		assertThat(tour.waitFor(1, TimeUnit.MINUTES))
			.as("the tour ends, unless the tests run with %s ignored, as a background job of a shell does, and env has "
					+ "no --default-signal", signal)
			.isTrue();
		assertThat(tour.exitValue()).isEqualTo(status);
		assertThat(this.started).noneMatch(ProcessHandle::isAlive);
		assertThat(this.home.resolve(".lab")).doesNotExist();
		assertThat(this.home.resolve("output")).content()
			.contains("Stopping what was started here")
			.doesNotContain("Exception");
	}

	private List<Long> pids() {
		try {
			return Files.readAllLines(this.home.resolve("pids")).stream().map(Long::valueOf).toList();
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	/**
	 * The process.
	 */
	static final class Main {

		private Main() {
		}

		public static void main(String[] args) throws Exception {
			Lesson lesson = LessonParser.parse("01-test", LESSON, Renaming.NONE);
			Path home = Path.of(args[0]);
			System.exit(Tours.run(lesson, 1,
					new Place(new LabHome(home, home.resolve(".lab")), BrokerKind.EMBEDDED, Renaming.NONE, Map.of(),
							new LabOptions()),
					new Ticks(home.resolve("progress")), new RecordingReport(), Messages.in(Language.EN)));
		}

	}

}
