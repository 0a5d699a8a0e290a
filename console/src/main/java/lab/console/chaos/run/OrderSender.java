package lab.console.chaos.run;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import lab.console.chaos.ledger.SendOutcome;
import lab.console.terminal.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends orders to the order service, and tells what is known of each afterwards.
 * Thread-safe.
 */
final class OrderSender {

	/**
	 * Longer than order takes to say that it does not know.
	 */
	static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

	private static final int CREATED = 201;

	private static final int CONFLICT = 409;

	private static final int UNAVAILABLE = 503;

	private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(ANSWER_TIMEOUT)
		.build();

	private final URI url;

	/**
	 * @param url of the order service
	 */
	OrderSender(URI url) {
		this.url = url;
	}

	/**
	 * What is known of an order that was sent.
	 *
	 * @param answered when it was known
	 * @param status of the answer; 0 where there was none
	 * @param answer what it says of the order; null unless acknowledged
	 */
	record Sent(Instant answered, SendOutcome outcome, int status, @Nullable JsonNode answer) {

		private static Sent of(SendOutcome outcome, int status) {
			return new Sent(Instant.now(), outcome, status, null);
		}

	}

	/**
	 * Sends an order, whose message is its number.
	 * @param key of its customer
	 * @param repeatable whether it has an {@code Idempotency-Key}; each number has one
	 */
	CompletableFuture<Sent> send(int number, String key, boolean repeatable) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.url)
			.timeout(ANSWER_TIMEOUT)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body(number, key)));
		if (repeatable) {
			request.header(IDEMPOTENCY_KEY, idempotencyKey(number));
		}
		return this.client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
			.handle((response, failure) -> (response != null) ? answered(response) : failed(failure));
	}

	/**
	 * Sends an order that can be sent again, and closes the connection without waiting
	 * for the answer.
	 */
	Sent sendAndLeave(int number, String key) {
		String body = body(number, key);
		try (Socket socket = new Socket(this.url.getHost(), this.url.getPort())) {
			socket.getOutputStream()
				.write("""
						POST %s HTTP/1.1\r
						Host: %s\r
						Content-Type: application/json\r
						Content-Length: %d\r
						%s: %s\r
						\r
						%s"""
					.formatted(this.url.getPath(), this.url.getAuthority(), body.length(), IDEMPOTENCY_KEY,
							idempotencyKey(number), body)
					.getBytes(StandardCharsets.US_ASCII));
			return Sent.of(SendOutcome.UNKNOWN, 0);
		}
		catch (IOException ex) {
			return failed(ex);
		}
	}

	private static String idempotencyKey(int number) {
		return "\"chaos-%d\"".formatted(number);
	}

	private static String body(int number, String key) {
		return Json.line(Map.of("message", String.valueOf(number), "customerId", key));
	}

	private static Sent answered(HttpResponse<String> response) {
		int status = response.statusCode();
		if (status == CREATED) {
			return new Sent(Instant.now(), SendOutcome.ACKNOWLEDGED, status, Json.read(response.body()));
		}
		// Retry-After says that an order was certainly not recorded, or, with 409, that
		// it still waits
		boolean unsure = status == CONFLICT || status >= 500
				&& !(status == UNAVAILABLE && response.headers().firstValue("Retry-After").isPresent());
		return Sent.of(unsure ? SendOutcome.UNKNOWN : SendOutcome.REFUSED, status);
	}

	private static Sent failed(@Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		boolean neverSent = cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
		return Sent.of(neverSent ? SendOutcome.REFUSED : SendOutcome.UNKNOWN, 0);
	}

}
