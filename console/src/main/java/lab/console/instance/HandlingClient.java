package lab.console.instance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import lab.console.terminal.AwayException;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;

/**
 * Asks and tells a product how slow it is, at its {@code /actuator/handling}.
 */
final class HandlingClient {

	private static final Duration GLANCE = Duration.ofMillis(300);

	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

	/**
	 * How long an order takes it on top, in milliseconds; fails soon where nobody
	 * answers.
	 */
	CompletableFuture<Integer> ask(Instance product) {
		return this.client.sendAsync(request(product, GLANCE).build(), HttpResponse.BodyHandlers.ofString())
			.thenApply((response) -> Json.read(response.body()).required("handlingMs").asInt());
	}

	void tell(Instance product, int handlingMs, Messages messages) throws InterruptedException {
		HttpRequest request = request(product, PATIENCE).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(Json.line(Map.of("handlingMs", handlingMs))))
			.build();
		try {
			HttpResponse<Void> response = this.client.send(request, HttpResponse.BodyHandlers.discarding());
			if (response.statusCode() != 200) {
				throw new AwayException(messages.get("request.no-product", product.name(), product.port()));
			}
		}
		catch (IOException ex) {
			throw new AwayException(messages.get("request.no-product", product.name(), product.port()), ex);
		}
	}

	private static HttpRequest.Builder request(Instance product, Duration patience) {
		return HttpRequest.newBuilder(URI.create("http://localhost:%d/actuator/handling".formatted(product.port())))
			.timeout(patience);
	}

}
