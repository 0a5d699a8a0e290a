package lab.console.bench.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import lab.console.events.OrderHandled;
import lab.console.events.TopicTail;
import lab.console.terminal.LabOptions;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads the events of handled orders, as a consumer with {@code read_committed} sees
 * them, and notes when each arrived.
 */
final class HandledEvents implements AutoCloseable {

	private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final TopicTail tail;

	private final Map<String, Long> arrivals = new ConcurrentHashMap<>();

	private final Thread thread = new Thread(this::read, "handled-events");

	private volatile boolean closed;

	/**
	 * The topic of the events.
	 */
	static String topic(String prefix) {
		return prefix + LabOptions.GROUP + "_handled";
	}

	/**
	 * Waits until a product has created the topic, and begins to read.
	 */
	static HandledEvents of(String prefix, BenchLab lab) throws InterruptedException {
		String topic = topic(prefix);
		lab.await(() -> lab.topics().partitionCount(topic).isPresent(), TIMEOUT);
		return new HandledEvents(lab.client(), topic, lab.topics().partitionCount(topic).orElseThrow());
	}

	private HandledEvents(Properties client, String topic, int partitions) {
		this.tail = new TopicTail(client, "bench", 0);
		this.tail
			.readAll(IntStream.range(0, partitions).mapToObj((number) -> new TopicPartition(topic, number)).toList());
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void read() {
		try {
			while (!this.closed) {
				this.tail.poll(POLL_TIMEOUT).forEach((record) -> {
					long now = System.nanoTime();
					OrderHandled.parse(record.value())
						.ifPresent((order) -> this.arrivals.putIfAbsent(String.valueOf(order.message()), now));
				});
			}
		}
		catch (WakeupException | InterruptedException ex) {
			// closed
		}
		finally {
			this.tail.close();
		}
	}

	/**
	 * When the event of the order with this message arrived, in {@link System#nanoTime};
	 * empty if it has not.
	 */
	OptionalLong arrival(String message) {
		Long arrival = this.arrivals.get(message);
		return (arrival != null) ? OptionalLong.of(arrival) : OptionalLong.empty();
	}

	/**
	 * When each event so far arrived, in the order of arrival.
	 */
	List<Long> arrivals() {
		return this.arrivals.values().stream().sorted().toList();
	}

	int count() {
		return this.arrivals.size();
	}

	@Override
	public void close() throws InterruptedException {
		this.closed = true;
		this.tail.wakeup();
		this.thread.join(CLOSE_TIMEOUT.toMillis());
	}

}
