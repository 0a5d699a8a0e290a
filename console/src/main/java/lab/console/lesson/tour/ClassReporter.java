package lab.console.lesson.tour;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;

import lab.console.lesson.Lesson;
import lab.console.lesson.ProgressReport;
import lab.console.terminal.Json;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reports a learner's ticks, and the step that failed, to the page of a class. No step
 * waits for a report, and one that does not arrive is made up for by the next, which has
 * all ticks of its lesson.
 */
@RequiredArgsConstructor
final class ClassReporter {

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	private final URI server;

	private final String name;

	private final String word;

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private volatile CompletableFuture<Optional<String>> last = CompletableFuture.completedFuture(Optional.empty());

	/**
	 * Returns the server of that host, {@code host} or {@code host:port}.
	 * @throws IllegalArgumentException if it is neither
	 */
	static URI server(String host) {
		URI server = URI.create("http://" + host);
		if (server.getHost() == null || !server.getPath().isEmpty()) {
			throw new IllegalArgumentException(host);
		}
		return (server.getPort() != -1) ? server : URI.create("http://" + host + ":" + ProgressReport.PORT);
	}

	String name() {
		return this.name;
	}

	void report(Lesson lesson, SortedSet<Integer> done, int failed) {
		send(new ProgressReport(this.name, lesson.name(), done, failed, true, this.word));
	}

	/**
	 * Reports that the step cannot begin.
	 */
	void reportObstacle(Lesson lesson, SortedSet<Integer> done, int step) {
		send(new ProgressReport(this.name, lesson.name(), done, step, false, this.word));
	}

	private void send(ProgressReport report) {
		String body = Json.line(report);
		HttpRequest request = HttpRequest.newBuilder(this.server.resolve(ProgressReport.PATH))
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body))
			.build();
		this.last = this.client.sendAsync(request, BodyHandlers.ofString()).handle(ClassReporter::problem);
	}

	/**
	 * Returns why the last report has not arrived, after its answer or its timeout, as
	 * the page says it, or nothing where no page answered; empty if it has.
	 */
	Optional<String> problem() {
		return this.last.join();
	}

	private static Optional<String> problem(@Nullable HttpResponse<String> response, @Nullable Throwable failure) {
		if (response == null) {
			return Optional.of("");
		}
		if (response.statusCode() / 100 == 2) {
			return Optional.empty();
		}
		return Optional.of(detail(response.body()).orElse("HTTP " + response.statusCode()));
	}

	private static Optional<String> detail(String problem) {
		try {
			return Json.read(problem).path("detail").asStringOpt();
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

}
