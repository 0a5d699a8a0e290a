package lab.console.fault;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import lab.console.terminal.Json;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Places orders with {@code POST /orders} and remembers those that were answered with
 * 201.
 */
final class Orders {

	private static final int CREATED = 201;

	private static final int CUSTOMERS = 7;

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final HttpClient http = HttpClient.newHttpClient();

	private final List<PlacedOrder> placed = new CopyOnWriteArrayList<>();

	/**
	 * Returns the orders that were answered with 201, in the order of placing.
	 */
	List<PlacedOrder> placed() {
		return this.placed;
	}

	/**
	 * Forgets the orders so far, which no guarantee is verified for any more.
	 */
	void forget() {
		this.placed.clear();
	}

	/**
	 * Places an order at the order service on that port.
	 * @return empty where the answer is not 201, or none came in time
	 */
	Optional<PlacedOrder> place(int port, String message, @Nullable String customerId) throws Exception {
		Map<String, String> body = new LinkedHashMap<>(Map.of("message", message));
		if (customerId != null) {
			body.put("customerId", customerId);
		}
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:%d/orders".formatted(port)))
			.header("Content-Type", "application/json")
			.timeout(TIMEOUT)
			.POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
			.build();
		HttpResponse<String> response;
		try {
			response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (HttpTimeoutException ex) {
			return Optional.empty();
		}
		if (response.statusCode() != CREATED) {
			return Optional.empty();
		}
		JsonNode answer = Json.read(response.body());
		PlacedOrder order = new PlacedOrder(answer.path("id").asString(),
				answer.path("key").isNull() ? null : answer.path("key").asString(), answer.path("topic").asString(),
				answer.path("partition").asInt(), answer.path("offset").asLong());
		this.placed.add(order);
		return Optional.of(order);
	}

	/**
	 * Places orders of random customers, one after the other, while the action runs.
	 */
	void placeWhile(int port, Random random, ThrowingRunnable action) throws Throwable {
		AtomicBoolean enough = new AtomicBoolean();
		CompletableFuture<Void> placing = CompletableFuture.runAsync(() -> {
			for (int i = 0; !enough.get(); i++) {
				try {
					place(port, "order " + i, "customer-" + random.nextInt(CUSTOMERS));
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			}
		});
		try {
			action.run();
		}
		finally {
			enough.set(true);
			placing.orTimeout(2 * TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
		}
	}

}
