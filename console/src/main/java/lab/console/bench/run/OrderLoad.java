package lab.console.bench.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import lab.console.terminal.LabException;

/**
 * Places orders, and requires that each is acknowledged.
 */
final class OrderLoad {

	/** How many orders are on their way at most. */
	static final int MOST_AT_ONCE = 64;

	private final OrderPlacer placer;

	/** One of the senders has failed, so the others need not go on. */
	private volatile boolean failed;

	OrderLoad(OrderPlacer placer) {
		this.placer = placer;
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
	 * service that stands still does not get a lighter load. If {@value #MOST_AT_ONCE}
	 * are on their way, the next one waits, but is due all the same. Returns when all are
	 * acknowledged. The message of each is its number, from 0.
	 * @param rate orders per second
	 * @throws LabException if one is not acknowledged
	 */
	List<Placed> place(int orders, int rate) {
		ExecutorService senders = Executors.newFixedThreadPool(MOST_AT_ONCE);
		try {
			List<CompletableFuture<Placed>> answers = new ArrayList<>();
			long begin = System.nanoTime();
			for (int i = 0; i < orders; i++) {
				int number = i;
				long at = begin + TimeUnit.SECONDS.toNanos(number) / rate;
				while (System.nanoTime() < at) {
					LockSupport.parkNanos(at - System.nanoTime());
				}
				answers.add(CompletableFuture.supplyAsync(() -> new Placed(at, place(number)), senders));
			}
			return answers.stream().map(OrderLoad::await).toList();
		}
		finally {
			senders.shutdownNow();
		}
	}

	/**
	 * Places orders for a while, each as soon as an earlier one is acknowledged.
	 * {@value #MOST_AT_ONCE} are on their way at once.
	 * @return how many were acknowledged in that time
	 * @throws LabException if one is not acknowledged
	 */
	int placeMany(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		ExecutorService senders = Executors.newFixedThreadPool(MOST_AT_ONCE);
		try {
			return Stream.generate(() -> CompletableFuture.supplyAsync(() -> placeUntil(end), senders))
				.limit(MOST_AT_ONCE)
				.toList()
				.stream()
				.mapToInt(OrderLoad::await)
				.sum();
		}
		finally {
			senders.shutdownNow();
		}
	}

	private int placeUntil(long end) {
		int placed = 0;
		try {
			while (!this.failed && place(placed) <= end) {
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
	private long place(int number) {
		this.placer.place(number);
		return System.nanoTime();
	}

	private static <T> T await(CompletableFuture<T> answer) {
		try {
			return answer.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException known) ? known : ex;
		}
	}

}
