package lab.console.classroom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.ProgressReport;
import lab.console.process.LabHome;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The page of a class, and what it accepts.
 */
class ClassServerTests {

	private static final LabHome LAB = new LabHome(Path.of(".."), Path.of("target", "lab"));

	private static final Messages MESSAGES = Messages.in(Language.EN);

	private static final ByteArrayOutputStream TEACHER = new ByteArrayOutputStream();

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static ConfigurableApplicationContext server;

	private static int port;

	@BeforeAll
	static void start() throws IOException {
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
		server = ClassServer.start(LAB, "127.0.0.1", port, new ClassWord("dolu"),
				new PrintStream(TEACHER, true, StandardCharsets.UTF_8), MESSAGES);
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	private static HttpResponse<String> get(String path) throws Exception {
		return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
				BodyHandlers.ofString());
	}

	private static HttpResponse<String> report(Object report) throws Exception {
		return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + ProgressReport.PATH))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(Json.line(report)))
			.build(), BodyHandlers.ofString());
	}

	@Test
	void showsWhatTheLearnersHaveReported() throws Exception {
		assertThat(
				report(new ProgressReport("<kim>", "03-consumer-group", Set.of(2, 3), 0, true, " DOLU ")).statusCode())
			.isEqualTo(204);
		Lesson topics = Lessons.in(LAB.root(), MESSAGES).find("topics").orElseThrow();
		Set<Integer> all = IntStream.rangeClosed(1, topics.steps().size()).boxed().collect(Collectors.toSet());
		assertThat(report(new ProgressReport("lee", topics.name(), all, 0, true, "dolu")).statusCode()).isEqualTo(204);
		assertThat(report(new ProgressReport("Lee", "03-consumer-group", Set.of(3), 0, true, "dolu")).statusCode())
			.isEqualTo(204);

		HttpResponse<String> page = get("/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).contains("text/html"));
		assertThat(page.body()).contains("&lt;kim&gt;", "3 consumer-group", "1 topics")
			.contains("&lt;kim&gt;</th><td></td><td>2/4</td>", "lee</th><td class=\"done\">✓</td><td>1/4</td>")
			.doesNotContain("<kim>", "4 partitions", "dolu");
	}

	@Test
	void showsWhoHasBegunInTheOrderOfTheirNumbers() throws Exception {
		for (String name : new String[] { "pair 12", "pair 3", "Pair 101" }) {
			assertThat(report(new ProgressReport(name, "03-consumer-group", Set.of(), 0, true, "dolu")).statusCode())
				.isEqualTo(204);
		}
		assertThat(get("/").body()).containsSubsequence("pair 3</th><td>0/4</td>", "pair 12</th><td>0/4</td>",
				"Pair 101</th><td>0/4</td>");
	}

	/**
	 * By the titles on this machine: a report has only the step's number.
	 */
	@Test
	void showsTheCheckThatALearnerIsStuckAt() throws Exception {
		Lesson lesson = Lessons.in(LAB.root(), MESSAGES).find("consumer-group").orElseThrow();
		String failed = "3 consumer-group, step 2, just now: %s".formatted(lesson.step(2).title());
		assertThat(report(new ProgressReport("stuck", lesson.name(), Set.of(1), 2, true, "dolu")).statusCode())
			.isEqualTo(204);
		assertThat(get("/").body()).contains(failed);
		assertThat(report(new ProgressReport("stuck", lesson.name(), Set.of(1, 2), 0, true, "dolu")).statusCode())
			.isEqualTo(204);
		assertThat(get("/").body()).doesNotContain(failed);
	}

	@ParameterizedTest
	@CsvSource({ "'', This page needs the word that the teacher shows.",
			"dolulu, This is not the word that the teacher shows.", "nothing, This is not the word that the teacher" })
	void needsTheWord(String word, String reason) throws Exception {
		HttpResponse<String> refused = report(
				new ProgressReport("park", "03-consumer-group", Set.of(1), 0, true, word));
		assertThat(refused.statusCode()).isEqualTo(403);
		assertThat(refused.body()).contains(reason);
		assertThat(get("/").body()).doesNotContain("park");
	}

	@Test
	void tellsTheTeacherOnceWhoIsRefused() throws Exception {
		for (int i = 0; i < 2; i++) {
			report(new ProgressReport("han", "03-consumer-group", Set.of(1), 0, true, "dola"));
			report(new ProgressReport("a\033[2Jb", "03-consumer-group", Set.of(1), 0, true, "dola"));
		}
		assertThat(TEACHER.toString(StandardCharsets.UTF_8))
			.containsOnlyOnce("han (127.0.0.1) was refused: the word is wrong.")
			.doesNotContain("[2J", "dola");
	}

	@Test
	void refusesWhatIsNoReport() throws Exception {
		for (Object wrong : new Object[] { new ProgressReport("jang ", "03-consumer-group", Set.of(1), 0, true, "dolu"),
				new ProgressReport(" ", "03-consumer-group", Set.of(1), 0, true, "dolu"),
				new ProgressReport("x".repeat(31), "03-consumer-group", Set.of(1), 0, true, "dolu"),
				new ProgressReport("a\nb", "03-consumer-group", Set.of(1), 0, true, "dolu"),
				new ProgressReport("jang", "03-lunch", Set.of(1), 0, true, "dolu"),
				new ProgressReport("jang", "03-consumer-group", Set.of(99), 0, true, "dolu"),
				new ProgressReport("jang", "03-consumer-group", Set.of(1), 99, true, "dolu"),
				new ProgressReport("jang", "03-consumer-group", Set.of(1), -1, true, "dolu"), Map.of("word", "dolu"),
				Map.of("name", "jang", "lesson", "03-consumer-group", "done", Set.of(1), "word", "dolu", "age", 20) }) {
			assertThat(report(wrong).statusCode()).as(Json.line(wrong)).isEqualTo(400);
		}
		assertThat(get("/").body()).doesNotContain("jang");
	}

	/**
	 * As a browser asks that was led here by the name of another site.
	 */
	@Test
	void isReadUnderAnotherNameOnlyWithTheWord() throws IOException {
		assertThat(statusUnderTheName("localhost:" + port, "/")).contains(" 200");
		assertThat(statusUnderTheName("elsewhere.example", "/")).contains(" 403");
		assertThat(statusUnderTheName("elsewhere.example", "/?word=wrong")).contains(" 403");
		assertThat(statusUnderTheName("elsewhere.example", "/?word=dolu")).contains(" 200");
	}

	/**
	 * A body that is too long, or of which nobody knows how long it is.
	 */
	@Test
	void readsOnlySmallReports() throws Exception {
		String large = Json.line(new ProgressReport("choi", "03-consumer-group", Set.of(1), 0, true, "dolu"))
				+ " ".repeat(SmallRequests.LIMIT);
		assertThat(statusOf("Content-Length: " + large.length(), large)).contains(" 413");
		assertThat(statusOf("Transfer-Encoding: chunked", "0\r\n\r\n")).contains(" 413");
		assertThat(get("/").body()).doesNotContain("choi");
	}

	/**
	 * As who has mistyped their name: the line is gone until they report under it again.
	 */
	@Test
	void theTeacherRemovesALineWhichANewReportBringsBack() throws Exception {
		ProgressReport mistyped = new ProgressReport("a&b \"kin\"", "03-consumer-group", Set.of(2), 0, true, "dolu");
		assertThat(report(mistyped).statusCode()).isEqualTo(204);
		String line = "a&amp;b &quot;kin&quot;</th>";
		assertThat(get("/").body()).contains(line, "value=\"a&amp;b &quot;kin&quot;\"");
		HttpResponse<String> removed = remove("name=a%26b+%22kin%22&key=" + key());
		assertThat(removed.statusCode()).isEqualTo(303);
		assertThat(removed.headers().firstValue("Location")).contains("/");
		assertThat(get("/").body()).doesNotContain(line);
		assertThat(report(new ProgressReport(mistyped.name(), "01-topics", Set.of(), 0, true, "dolu")).statusCode())
			.isEqualTo(204);
		assertThat(get("/").body()).as("with the ticks of before")
			.containsPattern(Pattern.quote(line) + "(<td></td>)*<td>0/\\d</td><td>1/4</td>");
	}

	/**
	 * A page of another site that is open in the teacher's browser, and a learner who
	 * knows the word.
	 */
	@Test
	void nobodyElseRemovesALine() throws Exception {
		assertThat(report(new ProgressReport("yoon", "03-consumer-group", Set.of(2), 0, true, "dolu")).statusCode())
			.isEqualTo(204);
		assertThat(remove("name=yoon&key=dolu").statusCode()).isEqualTo(403);
		assertThat(remove("name=yoon").statusCode()).isEqualTo(400);
		assertThat(get("/remove?name=yoon&key=" + key()).statusCode()).isEqualTo(405);
		String form = "name=yoon&key=" + key();
		assertThat(firstLineOfTheAnswerTo("POST /remove HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n"
				+ "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s"
					.formatted(form.length(), form)))
			.contains(" 403");
		assertThat(get("/").body()).contains("yoon</th>");
	}

	@Test
	void onlyTheTeachersMachineShowsWhatRemovesALine() throws Exception {
		assertThat(report(new ProgressReport("min", "03-consumer-group", Set.of(2), 0, true, "dolu")).statusCode())
			.isEqualTo(204);
		assertThat(get("/").body()).contains("<button", "name=\"key\"");
		assertThat(answerTo("GET /?word=dolu HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"))
			.contains("min</th>")
			.doesNotContain("<button", "name=\"key\"", "<form");
	}

	private static String key() throws Exception {
		Matcher key = Pattern.compile("name=\"key\" value=\"([^\"]+)\"").matcher(get("/").body());
		assertThat(key.find()).isTrue();
		return key.group(1);
	}

	private static HttpResponse<String> remove(String form) throws Exception {
		return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/remove"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form))
			.build(), BodyHandlers.ofString());
	}

	@Test
	void servesNothingElse() throws Exception {
		assertThat(get("/index.html").statusCode()).isEqualTo(404);
		assertThat(get("/api/lessons").statusCode()).isEqualTo(404);
	}

	/**
	 * Java's client does not send another name.
	 */
	private static String statusUnderTheName(String host, String path) throws IOException {
		return firstLineOfTheAnswerTo("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host));
	}

	private static String statusOf(String header, String body) throws IOException {
		return firstLineOfTheAnswerTo(
				"POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n%s\r\n\r\n%s"
					.formatted(ProgressReport.PATH, header, body));
	}

	private static String firstLineOfTheAnswerTo(String request) throws IOException {
		return answerTo(request).lines().findFirst().orElse("");
	}

	private static String answerTo(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(60_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@Test
	void aPortThatIsTakenIsSaid() {
		assertThatExceptionOfType(LabException.class)
			.isThrownBy(() -> ClassServer.start(LAB, "127.0.0.1", port, new ClassWord("dolu"),
					new PrintStream(TEACHER, true, StandardCharsets.UTF_8), MESSAGES))
			.withMessageContaining(String.valueOf(port));
	}

	@Test
	void aRandomWordIsEasyToRead() {
		assertThat(ClassWord.random().value()).matches("([a-z][aeiou]){4}").isNotEqualTo(ClassWord.random().value());
	}

	@Test
	void aLineThatWasRemovedMakesRoom() {
		Classroom classroom = new Classroom();
		for (int i = 0; i < Classroom.MAX_LEARNERS; i++) {
			classroom.add(new ProgressReport("learner" + i, "a", Set.of(1), 0, true, ""), Instant.EPOCH);
		}
		classroom.remove("nobody");
		classroom.remove("learner7");
		assertThat(classroom.add(new ProgressReport("late", "a", Set.of(1), 0, true, ""), Instant.EPOCH)).isTrue();
		assertThat(classroom.add(new ProgressReport("later", "a", Set.of(1), 0, true, ""), Instant.EPOCH)).isFalse();
	}

	@Test
	void aClassHasAnEnd() {
		Classroom classroom = new Classroom();
		for (int i = 0; i < Classroom.MAX_LEARNERS; i++) {
			assertThat(classroom.add(new ProgressReport("learner" + i, "a", Set.of(1), 0, true, ""), Instant.EPOCH))
				.isTrue();
		}
		assertThat(classroom.add(new ProgressReport("late", "a", Set.of(1), 0, true, ""), Instant.EPOCH)).isFalse();
		assertThat(classroom.add(new ProgressReport("learner0", "a", Set.of(2), 0, true, ""), Instant.EPOCH)).isTrue();
	}

}
