package lab.console.order;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import lab.console.terminal.AwayException;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Client of the order service.
 */
final class OrderClient {

	/**
	 * URL of the lab's order service.
	 */
	static final String URL = "http://localhost:8081/orders";

	private static final int CREATED = 201;

	private static final int UNAVAILABLE = 503;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private final URI url;

	OrderClient(URI url) {
		this.url = url;
	}

	/**
	 * Places an order and returns when its record is acknowledged.
	 * @param key the customer, which becomes the record's key; null for none
	 * @return the service's answer: topic, partition, offset, key and more
	 * @throws AwayException if the service, or its broker, does not answer
	 * @throws LabException if the service refuses the order
	 */
	JsonNode place(String message, @Nullable String key, Messages messages) throws InterruptedException {
		Map<String, String> order = new LinkedHashMap<>(Map.of("message", message));
		if (key != null) {
			order.put("customerId", key);
		}
		HttpRequest request = HttpRequest.newBuilder(this.url)
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(Json.line(order)))
			.build();
		try {
			HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() == CREATED) {
				return Json.read(response.body());
			}
			String refused = messages.get("send.refused", response.statusCode(), reason(response.body()));
			throw (response.statusCode() == UNAVAILABLE) ? new AwayException(refused) : new LabException(refused);
		}
		catch (ConnectException ex) {
			throw new AwayException(messages.get("send.away", this.url), ex);
		}
		catch (IOException ex) {
			throw new AwayException(messages.get("send.failed", this.url, ex.getMessage()), ex);
		}
	}

	/**
	 * Returns the detail of the problem detail, or the whole body where it has none.
	 */
	private static String reason(String body) {
		try {
			return Json.read(body).path("detail").asString(body);
		}
		catch (JacksonException ex) {
			return body;
		}
	}

}
