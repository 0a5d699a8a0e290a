package lab.console;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * {@code lab send}: places orders as a customer does, through {@code POST /orders}, and
 * says where each went.
 */
@Command(name = "send")
class SendCommand implements Callable<Integer> {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@Mixin
	private final LabOptions options = new LabOptions();

	@Option(names = "-n", paramLabel = "N", defaultValue = "1", descriptionKey = "send.number")
	private int number;

	@Option(names = "--key", paramLabel = "KEY", descriptionKey = "send.key")
	private @Nullable String key;

	@Option(names = "--url", paramLabel = "URL", defaultValue = "http://localhost:8081/orders",
			descriptionKey = "send.url")
	private URI url = URI.create("");

	@Parameters(paramLabel = "TEXT", defaultValue = "order", descriptionKey = "send.text")
	private String text = "";

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() throws InterruptedException {
		Messages messages = this.options.messages();
		if (this.number < 1) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(),
					messages.get("send.number-wrong", this.number));
		}
		HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
		for (int i = 1; i <= this.number; i++) {
			String message = (this.number == 1) ? this.text : this.text + "-" + i;
			String placed = place(client, message, messages);
			System.out.println(this.options.json() ? placed : describe(message, Json.read(placed), messages));
		}
		return 0;
	}

	private String place(HttpClient client, String message, Messages messages) throws InterruptedException {
		Map<String, String> order = new LinkedHashMap<>(Map.of("message", message));
		if (this.key != null) {
			order.put("customerId", this.key);
		}
		HttpRequest request = HttpRequest.newBuilder(this.url)
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(Json.line(order)))
			.build();
		try {
			HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() != 201) {
				throw new LabException(messages.get("send.refused", response.statusCode(), reason(response.body())));
			}
			return response.body();
		}
		catch (ConnectException ex) {
			throw new LabException(messages.get("send.away", this.url), ex);
		}
		catch (IOException ex) {
			throw new LabException(messages.get("send.failed", this.url, ex.getMessage()), ex);
		}
	}

	/**
	 * The detail of the problem that the service answers with, else all that it said.
	 */
	private static String reason(String body) {
		try {
			return Json.read(body).path("detail").asString(body);
		}
		catch (JacksonException ex) {
			return body;
		}
	}

	private static String describe(String message, JsonNode placed, Messages messages) {
		String key = placed.path("key").isNull() ? "-" : placed.path("key").asString();
		return messages.get("send.placed", message, placed.path("topic").asString(), placed.path("partition").asInt(),
				placed.path("offset").asLong(), key);
	}

}
