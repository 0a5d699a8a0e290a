package lab.console.lesson.tour;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stands in for {@code http}, {@code mvn} and {@code docker-compose}.
 */
class ShimTests {

	private static final Path SHIMS = Path.of("shims").toAbsolutePath();

	private final LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();

	@TempDir
	private Path folder;

	private HttpServer server;

	@BeforeEach
	void listen() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			byte[] body = exchange.getRequestBody().readAllBytes();
			this.requests.add(new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
					exchange.getRequestHeaders().getFirst("Content-Type"), new String(body, StandardCharsets.UTF_8)));
			byte[] answer = "{\"partition\":1}".getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(201, answer.length);
			exchange.getResponseBody().write(answer);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void close() {
		this.server.stop(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1st-Order", "say \"hi\"", "back\\slash \\n", "첫 번째 주문", "emoji 🛒 👩‍👩‍👧",
			"two\nlines\tand a tab", "", "a=b=c", "@file", "$HOME `id` $(id) * ?", "'quoted'", "\u007f and \u0001",
			"ÿ \u0080" })
	void httpSendsAnyTextAsJson(String text) throws Exception {
		assertThat(http("POST", url("/orders"), "message=" + text, "customerId=c1")).contains("201",
				"{\"partition\":1}");
		Request request = this.requests.take();
		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.path()).isEqualTo("/orders");
		assertThat(request.contentType()).isEqualTo("application/json");
		assertThat(new JsonMapper().readTree(request.body()).get("message").asString()).isEqualTo(text);
		assertThat(new JsonMapper().readTree(request.body()).get("customerId").asString()).isEqualTo("c1");
	}

	@Test
	void httpTakesAPortForLocalhost() throws Exception {
		http("GET", ":" + this.server.getAddress().getPort() + "/actuator/assignment");
		assertThat(this.requests.take()).isEqualTo(new Request("GET", "/actuator/assignment", null, ""));
	}

	@Test
	void httpGuessesTheMethod() throws Exception {
		http(url("/a"));
		assertThat(this.requests.take().method()).isEqualTo("GET");
		http(url("/a"), "b=c");
		assertThat(this.requests.take().method()).isEqualTo("POST");
	}

	@Test
	void httpPrintsTheBodyAloneWhenAsked() throws Exception {
		assertThat(http("--body", url("/a")).strip()).isEqualTo("{\"partition\":1}");
	}

	@Test
	void httpSaysHowItIsUsed() throws Exception {
		assertThat(run(List.of(SHIMS.resolve("http").toString()), 2)).contains("usage");
		assertThat(run(List.of(SHIMS.resolve("http").toString(), "POST", url("/"), "noValue"), 2)).contains("usage");
	}

	@Test
	void mvnRunsTheWrapperInTheFolderThatItIsCalledFrom() throws Exception {
		Path shims = Files.createDirectories(this.folder.resolve("lab/console/shims"));
		Path shim = Files.copy(SHIMS.resolve("mvn"), shims.resolve("mvn"));
		Path wrapper = Files.writeString(this.folder.resolve("lab/mvnw"), "#!/bin/sh\npwd\necho \"$@\"\n");
		Stream.of(shim, wrapper).forEach((file) -> assertThat(file.toFile().setExecutable(true)).isTrue());
		assertThat(run(List.of(shim.toString(), "spring-boot:run"), 0).lines())
			.containsExactly(this.folder.toRealPath().toString(), "spring-boot:run");
	}

	private String url(String path) {
		return "http://localhost:" + this.server.getAddress().getPort() + path;
	}

	private String http(String... arguments) throws Exception {
		// arguments by way of a file: Java passes them in the locale's encoding
		Path list = this.folder.resolve("arguments");
		Files.writeString(list, String.join("\0", arguments) + "\0");
		return run(List.of("bash", "-c",
				"args=(); while IFS= read -r -d '' a; do args+=(\"$a\"); done <\"$2\"; \"$1\" \"${args[@]}\"", "bash",
				SHIMS.resolve("http").toString(), list.toString()), 0);
	}

	private String run(List<String> command, int status) throws Exception {
		Process process = new ProcessBuilder(command).directory(this.folder.toFile()).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isEqualTo(status);
		return output;
	}

	private record Request(String method, String path, String contentType, String body) {
	}

}
