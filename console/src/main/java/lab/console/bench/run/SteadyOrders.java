package lab.console.bench.run;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;

/**
 * Places orders at an even rate, whether or not earlier ones have been answered: a
 * service that stands still does not get a lighter load.
 */
final class SteadyOrders {

	private static final int CREATED = 201;

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI url;

	private final Messages messages;

	SteadyOrders(int port, Messages messages) {
		this.url = URI.create("http://localhost:%d/orders".formatted(port));
		this.messages = messages;
	}

	/**
	 * Places orders, and returns when all are acknowledged. The message of each is its
	 * number, from 0.
	 * @param rate orders per second
	 * @return when each order was due, in {@link System#nanoTime}
	 * @throws LabException if one is not acknowledged
	 */
	List<Long> place(int orders, int rate) {
		List<Long> due = new ArrayList<>();
		List<CompletableFuture<HttpResponse<Void>>> answers = new ArrayList<>();
		long begin = System.nanoTime();
		for (int number = 0; number < orders; number++) {
			long at = begin + TimeUnit.SECONDS.toNanos(number) / rate;
			while (System.nanoTime() < at) {
				LockSupport.parkNanos(at - System.nanoTime());
			}
			due.add(at);
			answers.add(this.client.sendAsync(order(number), HttpResponse.BodyHandlers.discarding()));
		}
		answers.forEach(this::requireCreated);
		return due;
	}

	private HttpRequest order(int number) {
		return HttpRequest.newBuilder(this.url)
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers
				.ofString(Json.line(Map.of("message", String.valueOf(number), "customerId", "customer-" + number))))
			.build();
	}

	private void requireCreated(CompletableFuture<HttpResponse<Void>> answer) {
		try {
			int status = answer.join().statusCode();
			if (status != CREATED) {
				throw new LabException(this.messages.get("bench.refused", status));
			}
		}
		catch (CompletionException ex) {
			throw new LabException(this.messages.get("bench.refused", String.valueOf(ex.getCause())), ex);
		}
	}

}
