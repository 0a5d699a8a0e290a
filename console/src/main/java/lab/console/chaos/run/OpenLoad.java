package lab.console.chaos.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import lab.console.chaos.fault.RepeatableOrder;
import lab.console.chaos.ledger.HistoryLine.Repeat;
import lab.console.chaos.ledger.HistoryLine.Send;
import lab.console.chaos.ledger.RepeatWay;
import tools.jackson.databind.JsonNode;

/**
 * Sends orders at an even rate, whether or not earlier ones have been answered, so that a
 * service that stands still does not slow down the load. Thread-safe.
 */
final class OpenLoad implements AutoCloseable {

	private static final int CUSTOMERS = 16;

	private final OrderSender sender;

	private final long intervalNanos;

	private final int firstOrder;

	private final Random random;

	private final Thread thread = new Thread(this::sendUntilStopped, "open-load");

	private final List<CompletableFuture<Send>> sends = new ArrayList<>();

	private final List<CompletableFuture<Repeat>> repeats = new ArrayList<>();

	private volatile boolean stopped;

	/**
	 * @param rate orders per second
	 * @param firstOrder the number of the first order
	 * @param random chooses the customers
	 */
	OpenLoad(OrderSender sender, int rate, int firstOrder, Random random) {
		this.sender = sender;
		this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / rate;
		this.firstOrder = firstOrder;
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
		Instant at = Instant.now();
		int number = nextNumber();
		String key = nextKey();
		this.sends.add(this.sender.send(number, key, false).thenApply((sent) -> line(number, key, at, sent)));
	}

	/**
	 * Sends an order that can be sent again, and does not wait for its answer.
	 * @param leave whether the connection is closed before the answer
	 */
	synchronized RepeatableOrder sendRepeatable(boolean leave) {
		Instant at = Instant.now();
		int number = nextNumber();
		String key = nextKey();
		CompletableFuture<OrderSender.Sent> sent = leave
				? CompletableFuture.completedFuture(this.sender.sendAndLeave(number, key))
				: this.sender.send(number, key, true);
		CompletableFuture<Send> line = sent.thenApply((outcome) -> line(number, key, at, outcome));
		this.sends.add(line);
		return new RepeatableOrder(number, key, line);
	}

	private int nextNumber() {
		return this.firstOrder + this.sends.size();
	}

	private String nextKey() {
		return "customer-" + this.random.nextInt(CUSTOMERS);
	}

	private static Send line(int number, String key, Instant at, OrderSender.Sent sent) {
		JsonNode answer = sent.answer();
		return new Send(number, key, at, sent.answered(), sent.outcome(), sent.status(),
				(answer != null) ? answer.path("partition").asInt() : null,
				(answer != null) ? answer.path("offset").asLong() : null);
	}

	/**
	 * Sends an order again and does not wait for its answer.
	 */
	synchronized CompletableFuture<Repeat> repeat(RepeatableOrder order, RepeatWay way) {
		Instant at = Instant.now();
		CompletableFuture<Repeat> repeat = this.sender.send(order.number(), order.key(), true)
			.thenApply((sent) -> new Repeat(order.number(), way, at, sent.answered(), sent.outcome(), sent.status(),
					(sent.answer() != null) ? sent.answer().path("id").asString() : null));
		this.repeats.add(repeat);
		return repeat;
	}

	/**
	 * Returns how orders were sent again, when the outcome of all is known.
	 */
	List<Repeat> repeats() {
		List<CompletableFuture<Repeat>> all;
		synchronized (this) {
			all = List.copyOf(this.repeats);
		}
		return all.stream().map(CompletableFuture::join).toList();
	}

	/**
	 * Stops sending and returns when the outcome of every order is known.
	 * @return the orders, in the order of sending
	 */
	List<Send> stop() throws InterruptedException {
		this.stopped = true;
		LockSupport.unpark(this.thread);
		this.thread.join(OrderSender.ANSWER_TIMEOUT.toMillis());
		return sent().stream().map(CompletableFuture::join).sorted(Comparator.comparingInt(Send::number)).toList();
	}

	/**
	 * Returns the orders whose outcome is known by now, in the order of sending.
	 */
	List<Send> answered() {
		return sent().stream().filter(CompletableFuture::isDone).map(CompletableFuture::join).toList();
	}

	private synchronized List<CompletableFuture<Send>> sent() {
		return List.copyOf(this.sends);
	}

	@Override
	public void close() {
		this.stopped = true;
	}

}
