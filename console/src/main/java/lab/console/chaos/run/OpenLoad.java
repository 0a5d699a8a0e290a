package lab.console.chaos.run;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import lab.console.chaos.ledger.HistoryLine.Send;
import lab.console.chaos.ledger.SendOutcome;
import lab.console.terminal.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends orders at an even rate, whether or not earlier ones have been answered, so that a
 * service that stands still does not slow down the load. Thread-safe.
 */
final class OpenLoad implements AutoCloseable {

	private static final int CREATED = 201;

	private static final int UNAVAILABLE = 503;

	private static final int CUSTOMERS = 16;

	/**
	 * Longer than order takes to say that it does not know.
	 */
	private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(ANSWER_TIMEOUT)
		.build();

	private final URI url;

	private final long intervalNanos;

	private final Random random;

	private final Thread thread = new Thread(this::sendUntilStopped, "open-load");

	private final List<CompletableFuture<Send>> sends = new ArrayList<>();

	private volatile boolean stopped;

	/**
	 * @param url of the order service
	 * @param rate orders per second
	 * @param random chooses the customers
	 */
	OpenLoad(URI url, int rate, Random random) {
		this.url = url;
		this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / rate;
		this.random = random;
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	private void sendUntilStopped() {
		long next = System.nanoTime();
		while (!this.stopped) {
			send();
			next += this.intervalNanos;
			while (System.nanoTime() < next && !this.stopped) {
				LockSupport.parkNanos(next - System.nanoTime());
			}
		}
	}

	/**
	 * Sends an order and does not wait for its answer. Its message is its number.
	 */
	synchronized void send() {
		int number = this.sends.size() + 1;
		String key = "customer-" + this.random.nextInt(CUSTOMERS);
		HttpRequest request = HttpRequest.newBuilder(this.url)
			.timeout(ANSWER_TIMEOUT)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers
				.ofString(Json.line(Map.of("message", String.valueOf(number), "customerId", key))))
			.build();
		Instant at = Instant.now();
		this.sends.add(this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
			.handle((response, failure) -> (response != null) ? answered(number, key, at, response)
					: failed(number, key, at, failure)));
	}

	private static Send answered(int number, String key, Instant at, HttpResponse<String> response) {
		int status = response.statusCode();
		if (status == CREATED) {
			JsonNode order = Json.read(response.body());
			return new Send(number, key, at, Instant.now(), SendOutcome.ACKNOWLEDGED, status,
					order.path("partition").asInt(), order.path("offset").asLong());
		}
		// order says with Retry-After that an order was certainly not recorded
		boolean unsure = status >= 500
				&& !(status == UNAVAILABLE && response.headers().firstValue("Retry-After").isPresent());
		return new Send(number, key, at, Instant.now(), unsure ? SendOutcome.UNKNOWN : SendOutcome.REFUSED, status,
				null, null);
	}

	private static Send failed(int number, String key, Instant at, @Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		boolean neverSent = cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
		return new Send(number, key, at, Instant.now(), neverSent ? SendOutcome.REFUSED : SendOutcome.UNKNOWN, 0, null,
				null);
	}

	/**
	 * Stops sending and returns when the outcome of every order is known.
	 * @return the orders, in the order of sending
	 */
	List<Send> stop() throws InterruptedException {
		this.stopped = true;
		LockSupport.unpark(this.thread);
		this.thread.join(ANSWER_TIMEOUT.toMillis());
		return sent().stream().map(CompletableFuture::join).sorted(Comparator.comparingInt(Send::number)).toList();
	}

	private synchronized List<CompletableFuture<Send>> sent() {
		return List.copyOf(this.sends);
	}

	@Override
	public void close() {
		this.stopped = true;
	}

}
