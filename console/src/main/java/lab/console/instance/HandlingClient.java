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
 * Reads and sets a product's handling delay at its {@code /actuator/handling}.
 */
public final class HandlingClient {

	private static final Duration POLL_TIMEOUT = Duration.ofMillis(300);

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	/**
	 * The delay of each order in milliseconds; fails after 300 ms if the product does not
	 * answer.
	 */
	CompletableFuture<Integer> delay(Instance product) {
		return this.client.sendAsync(request(product, POLL_TIMEOUT).build(), HttpResponse.BodyHandlers.ofString())
			.thenApply((response) -> Json.read(response.body()).required("handlingMs").asInt());
	}

	/**
	 * Delays each order by that many milliseconds from now on.
	 * @throws AwayException if the product does not answer within 3 s
	 */
	public void setDelay(Instance product, int handlingMs, Messages messages) throws InterruptedException {
		HttpRequest request = request(product, TIMEOUT).header("Content-Type", "application/json")
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

	private static HttpRequest.Builder request(Instance product, Duration timeout) {
		return HttpRequest.newBuilder(URI.create("http://localhost:%d/actuator/handling".formatted(product.port())))
			.timeout(timeout);
	}

}
