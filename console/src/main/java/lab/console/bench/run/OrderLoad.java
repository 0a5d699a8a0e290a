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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;

/**
 * Places orders at the order service, and requires that each is acknowledged.
 */
final class OrderLoad {

	private static final int CREATED = 201;

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI url;

	private final Messages messages;

	/** One of the senders has failed, so the others need not go on. */
	private volatile boolean failed;

	OrderLoad(int port, Messages messages) {
		this.url = URI.create("http://localhost:%d/orders".formatted(port));
		this.messages = messages;
	}

	/**
	 * An order that was acknowledged; the times are those of {@link System#nanoTime}.
	 *
	 * @param due when it was to be sent
	 * @param answered when the answer was there
	 */
	record Placed(long due, long answered) {
	}

	/**
	 * Places orders at an even rate, whether or not earlier ones have been answered: a
	 * service that stands still does not get a lighter load. Returns when all are
	 * acknowledged. The message of each is its number, from 0.
	 * @param rate orders per second
	 * @throws LabException if one is not acknowledged
	 */
	List<Placed> place(int orders, int rate) {
		List<CompletableFuture<Placed>> answers = new ArrayList<>();
		long begin = System.nanoTime();
		for (int number = 0; number < orders; number++) {
			long at = begin + TimeUnit.SECONDS.toNanos(number) / rate;
			while (System.nanoTime() < at) {
				LockSupport.parkNanos(at - System.nanoTime());
			}
			answers.add(place(number).thenApply((answered) -> new Placed(at, answered)));
		}
		return answers.stream().map(this::await).toList();
	}

	/**
	 * Places orders for a while, each as soon as an earlier one is acknowledged.
	 * @param atOnce how many are on their way
	 * @return how many were acknowledged in that time
	 * @throws LabException if one is not acknowledged
	 */
	int placeMany(int atOnce, Duration time) {
		long end = System.nanoTime() + time.toNanos();
		ExecutorService senders = Executors.newFixedThreadPool(atOnce);
		try {
			return Stream.generate(() -> CompletableFuture.supplyAsync(() -> placeUntil(end), senders))
				.limit(atOnce)
				.toList()
				.stream()
				.mapToInt(this::await)
				.sum();
		}
		finally {
			senders.shutdownNow();
		}
	}

	private int placeUntil(long end) {
		int placed = 0;
		try {
			while (!this.failed && await(place(placed)) <= end) {
				placed++;
			}
			return placed;
		}
		catch (LabException ex) {
			this.failed = true;
			throw ex;
		}
	}

	/**
	 * Places an order.
	 * @return when it was acknowledged, in {@link System#nanoTime}
	 */
	private CompletableFuture<Long> place(int number) {
		return this.client.sendAsync(order(number), HttpResponse.BodyHandlers.discarding()).thenApply((answer) -> {
			if (answer.statusCode() != CREATED) {
				throw new LabException(this.messages.get("bench.refused", answer.statusCode()));
			}
			return System.nanoTime();
		});
	}

	private HttpRequest order(int number) {
		return HttpRequest.newBuilder(this.url)
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers
				.ofString(Json.line(Map.of("message", String.valueOf(number), "customerId", "customer-" + number))))
			.build();
	}

	private <T> T await(CompletableFuture<T> answer) {
		try {
			return answer.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof LabException known) ? known
					: new LabException(this.messages.get("bench.refused", String.valueOf(ex.getCause())), ex);
		}
	}

}
