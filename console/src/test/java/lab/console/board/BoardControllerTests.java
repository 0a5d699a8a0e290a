package lab.console.board;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import lab.console.group.WatchedGroup;
import lab.console.process.LabHome;
import lab.console.rail.Rails;
import lab.console.terminal.LabOptions;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The stream as a browser reads it.
 */
class BoardControllerTests {

	private static final WatchedGroup OWN = new WatchedGroup("localhost:1", "shop", null, false);

	private final Frames frames = new Frames();

	private final BoardController controller = new BoardController(
			new WatchedGroups(new LabOptions(), OWN, Map::of, new Rails(LabHome.ofProcess()), StartPage.GROUPS) {

				@Override
				synchronized Frames show(@Nullable String group) {
					return BoardControllerTests.this.frames;
				}

			});

	private final ExecutorService pages = Executors.newCachedThreadPool();

	@AfterEach
	void closePages() {
		this.frames.close();
		this.pages.shutdownNow();
	}

	@Test
	void eachEventHasItsIdAndTheStreamEndsWithTheServer() throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		CompletableFuture<Void> page = open(null, response);
		this.frames.add(FramesTests.view(0, 1));
		await(() -> assertThat(text(response)).contains("event: snapshot"));
		this.frames.add(FramesTests.view(1, 2));
		await(() -> assertThat(text(response)).contains("event: delta"));
		this.frames.close();
		page.get(10, TimeUnit.SECONDS);
		assertThat(response.getContentType()).startsWith("text/event-stream");
		assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
		String[] events = text(response).split("\n\n");
		assertThat(events[0]).isEqualTo("retry: 1000");
		assertThat(events[1]).matches("id: \\w+-0\nevent: snapshot\ndata: \\{.*}");
		assertThat(events[2]).matches("id: \\w+-1\nevent: delta\ndata: \\{.*}");
	}

	@Test
	void aPageThatComesBackIsSentTheDeltasThatItMissed() throws Exception {
		this.frames.add(FramesTests.view(0, 1));
		String known = this.frames.after(null, Duration.ZERO).get(0).id();
		this.frames.add(FramesTests.view(1, 2));
		MockHttpServletResponse response = new MockHttpServletResponse();
		open(known, response);
		await(() -> assertThat(text(response)).contains("event: delta").doesNotContain("event: snapshot"));
	}

	@Test
	void aPageThatWasClosedHoldsNothingUp() throws Exception {
		CompletableFuture<Void> page = open(null, new MockHttpServletResponse() {

			@Override
			public PrintWriter getWriter() {
				PrintWriter gone = new PrintWriter(OutputStream.nullOutputStream());
				gone.close();
				return gone;
			}

		});
		page.get(10, TimeUnit.SECONDS);
	}

	@Test
	void aHundredPagesAreEnough() {
		this.frames.add(FramesTests.view(0, 1));
		List<MockHttpServletResponse> responses = Stream.generate(MockHttpServletResponse::new).limit(100).toList();
		responses.forEach((response) -> open(null, response));
		await(() -> assertThat(responses)
			.allSatisfy((response) -> assertThat(text(response)).contains("event: snapshot")));
		CompletableFuture<Void> oneMore = open(null, new MockHttpServletResponse());
		await(() -> assertThat(oneMore).isCompletedExceptionally());
		assertThat(oneMore.handle((nothing, problem) -> problem.getCause()).join()).isInstanceOfSatisfying(
				ResponseStatusException.class, (problem) -> assertThat(problem.getStatusCode().value()).isEqualTo(503));
	}

	@Test
	void aGroupThatIsNotShownHasNoExport() {
		assertThatExceptionOfType(ResponseStatusException.class).isThrownBy(() -> this.controller.export("other"))
			.satisfies((problem) -> assertThat(problem.getStatusCode().value()).isEqualTo(404));
	}

	@Test
	void thePagesSentencesAreInItsLanguageAndNoOthers() {
		Map<String, String> english = this.controller.messages("en");
		Map<String, String> korean = this.controller.messages("ko");
		assertThat(korean.keySet()).isEqualTo(english.keySet())
			.allSatisfy((key) -> assertThat(key).matches("(board|verdict|event|cause|action)\\..*"));
		assertThat(english.get("cause.joined")).isEqualTo("{0} joined");
		assertThat(korean.get("cause.joined")).isEqualTo("{0}[이/가] 참여했습니다");
		assertThat(this.controller.messages("fr")).isEqualTo(english);
	}

	private CompletableFuture<Void> open(@Nullable String lastId, MockHttpServletResponse response) {
		return CompletableFuture.runAsync(() -> {
			try {
				this.controller.board(null, lastId, response);
			}
			catch (ResponseStatusException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}, this.pages);
	}

	private static String text(MockHttpServletResponse response) throws Exception {
		return response.getContentAsString();
	}

	private static void await(ThrowingRunnable assertion) {
		Awaitility.await().untilAsserted(assertion);
	}

}
