package lab.console.lesson.tour;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import lab.console.lesson.Lesson;
import lab.console.lesson.LessonParser;
import lab.console.lesson.ProgressReport;
import lab.console.lesson.Renaming;
import lab.console.lesson.Ticks;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A learner's reports, to a server that is there, refuses them, or is away.
 */
class ClassReporterTests {

	private static final Lesson LESSON = LessonParser.parse("02-two", "# Two\n\n## One\n\nText.\n\n## Two\n\nText.\n",
			Renaming.NONE);

	private final List<ProgressReport> received = new CopyOnWriteArrayList<>();

	private volatile int status = 204;

	private HttpServer server;

	@TempDir
	private Path folder;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext(ProgressReport.PATH, (exchange) -> {
			this.received.add(Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
					ProgressReport.class));
			byte[] body = "{\"detail\":\"This page needs the word.\"}".getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(this.status, (this.status == 204) ? -1 : body.length);
			if (this.status != 204) {
				exchange.getResponseBody().write(body);
			}
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	private ClassReporter reporter() {
		return new ClassReporter(ClassReporter.server("127.0.0.1:" + this.server.getAddress().getPort()), "김", "dolu");
	}

	@Test
	void sendsTheNameTheTicksOfTheLessonAndTheStepThatFailedAndNothingElse() {
		ClassReporter reporter = reporter();
		Ticks ticks = new Ticks(this.folder, reporter::report);
		ticks.add(LESSON, 1);
		assertThat(reporter.problem()).isEmpty();
		ticks.add(LESSON, 2);
		assertThat(reporter.problem()).isEmpty();
		ticks.failed(LESSON, 2);
		assertThat(reporter.problem()).isEmpty();
		assertThat(this.received).containsExactly(
				new ProgressReport("김", "02-two", new TreeSet<>(List.of(1)), 0, true, "dolu"),
				new ProgressReport("김", "02-two", new TreeSet<>(List.of(1, 2)), 0, true, "dolu"),
				new ProgressReport("김", "02-two", new TreeSet<>(List.of(1, 2)), 2, true, "dolu"));
	}

	@Test
	void aTourThatCannotBeginIsReportedAsSuch() throws Exception {
		ClassReporter reporter = reporter();
		Ticks ticks = new Ticks(this.folder, reporter::report);
		assertThat(TourCommand.reportingObstacles(reporter, LESSON, 1, ticks, () -> 1)).isEqualTo(1);
		assertThat(this.received).as("a check that failed was reported already").isEmpty();
		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> TourCommand.reportingObstacles(reporter, LESSON, 1, ticks, () -> {
				throw new LabException("Port 8081 is in use.");
			}));
		assertThat(reporter.problem()).isEmpty();
		assertThat(this.received).containsExactly(new ProgressReport("김", "02-two", new TreeSet<>(), 1, false, "dolu"));
	}

	/**
	 * So that a teacher who started the page late sees it too.
	 */
	@Test
	void reportsAStepThatIsDoneAgain() {
		new Ticks(this.folder).add(LESSON, 1);
		ClassReporter reporter = reporter();
		new Ticks(this.folder, reporter::report).add(LESSON, 1);
		assertThat(reporter.problem()).isEmpty();
		assertThat(this.received).hasSize(1);
	}

	@Test
	void tellsWhyAReportWasRefused() {
		this.status = 403;
		ClassReporter reporter = reporter();
		reporter.report(LESSON, new TreeSet<>(List.of(1)), 0);
		assertThat(reporter.problem()).contains("This page needs the word.");
	}

	@Test
	void aServerThatIsAwayIsAProblemAtTheEndOnly() {
		ClassReporter reporter = reporter();
		this.server.stop(0);
		Ticks ticks = new Ticks(this.folder, reporter::report);
		ticks.add(LESSON, 1);
		assertThat(ticks.steps(LESSON)).containsExactly(1);
		assertThat(reporter.problem()).isPresent();
	}

	@Test
	void aHostMayHaveAPort() {
		assertThat(ClassReporter.server("teacher")).isEqualTo(URI.create("http://teacher:8070"));
		assertThat(ClassReporter.server("192.168.0.7:9000")).isEqualTo(URI.create("http://192.168.0.7:9000"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "http://teacher", "teacher/page", "a b", "teacher:port" })
	void anythingElseIsNoHost(String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> ClassReporter.server(host));
	}

}
