package lab.console.order;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import lab.console.terminal.AwayException;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Client of the order service. If it does not learn whether an order was recorded, or the
 * service asks for the order later ({@code Retry-After}), it sends the order again with
 * the same {@code Idempotency-Key}, which makes it the same order.
 */
final class OrderClient {

	/**
	 * URL of the lab's order service.
	 */
	static final String URL = "http://localhost:8081/orders";

	/** How often an order is sent at most. */
	static final int ATTEMPTS = 4;

	private static final int CREATED = 201;

	private static final int CONFLICT = 409;

	private static final int UNAVAILABLE = 503;

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private final URI url;

	private final Duration pause;

	OrderClient(URI url) {
		this(url, Duration.ofSeconds(1));
	}

	/**
	 * @param pause how long to wait before an order is sent again
	 */
	OrderClient(URI url, Duration pause) {
		this.url = url;
		this.pause = pause;
	}

	/**
	 * Places an order and returns when its record is acknowledged.
	 * @param customer the customer, which becomes the record's key; null for none
	 * @param again gets a sentence each time that the order is sent again
	 * @return the service's answer: topic, partition, offset, key and more
	 * @throws AwayException if the service, or its broker, does not answer; its sentence
	 * says whether the order may have been recorded
	 * @throws LabException if the service refuses the order
	 */
	JsonNode place(String message, @Nullable String customer, Messages messages, Consumer<String> again)
			throws InterruptedException {
		String key = UUID.randomUUID().toString();
		HttpRequest request = request(message, customer, key);
		boolean unknown = false;
		for (int attempt = 1;; attempt++) {
			Attempt result = send(request, messages);
			if (result.placed != null) {
				return result.placed;
			}
			unknown = unknown || result.placement == Placement.UNKNOWN;
			if (result.placement == Placement.REFUSED) {
				throw new LabException(result.reason);
			}
			boolean last = attempt == ATTEMPTS;
			if (!unknown && (last || result.placement == Placement.AWAY)) {
				throw new AwayException(result.reason);
			}
			if (last) {
				throw new AwayException(messages.get("send.unknown", ATTEMPTS, key, result.reason));
			}
			again.accept(messages.get("send.again", attempt, ATTEMPTS - 1, result.reason));
			TimeUnit.NANOSECONDS.sleep(this.pause.toNanos());
		}
	}

	private HttpRequest request(String message, @Nullable String customer, String key) {
		Map<String, String> order = new LinkedHashMap<>(Map.of("message", message));
		if (customer != null) {
			order.put("customerId", customer);
		}
		return HttpRequest.newBuilder(this.url)
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json")
			.header("Idempotency-Key", "\"" + key + "\"")
			.POST(HttpRequest.BodyPublishers.ofString(Json.line(order)))
			.build();
	}

	private Attempt send(HttpRequest request, Messages messages) throws InterruptedException {
		try {
			HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
			int status = response.statusCode();
			if (status == CREATED) {
				return new Attempt(Placement.PLACED, Json.read(response.body()), "");
			}
			Placement placement = switch (status) {
				// the service asks for it later only if it was certainly not recorded
				case UNAVAILABLE -> response.headers().firstValue("Retry-After").isPresent() ? Placement.NOT_RECORDED
						: Placement.UNKNOWN;
				// an earlier attempt still waits for Kafka
				case CONFLICT -> Placement.UNKNOWN;
				default -> Placement.REFUSED;
			};
			return new Attempt(placement, null, messages.get("send.refused", status, reason(response.body())));
		}
		catch (ConnectException | HttpConnectTimeoutException ex) {
			return new Attempt(Placement.AWAY, null, messages.get("send.away", this.url));
		}
		catch (IOException ex) {
			return new Attempt(Placement.UNKNOWN, null, messages.get("send.failed", this.url, ex.getMessage()));
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

	/**
	 * What became of an order that was sent. There was no service to send it to if it was
	 * {@code AWAY}. It may be placed later if it was {@code NOT_RECORDED}, but not if it
	 * was {@code REFUSED}.
	 */
	private enum Placement {

		PLACED, AWAY, NOT_RECORDED, REFUSED, UNKNOWN

	}

	/**
	 * An order that was sent once.
	 *
	 * @param placed the service's answer; null if there is none, or another
	 * @param reason why the order was not placed, as a sentence
	 */
	private record Attempt(Placement placement, @Nullable JsonNode placed, String reason) {
	}

}
