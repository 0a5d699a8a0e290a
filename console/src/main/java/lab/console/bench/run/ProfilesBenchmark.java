package lab.console.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import lab.console.bench.measure.Figure;
import lab.console.instance.Instance;
import lab.console.process.Folders;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What it costs to let an order count once: a product with neither profile, with
 * {@code stock} and with {@code exactly-once}. And what the product itself costs: a
 * {@link PlainLoop} in the JVM of this benchmark does the same without it. How many
 * orders it handles per second when many are waiting; and, at a load that each of them
 * can take, the time from the moment at which an order is due to be sent until a consumer
 * with {@code read_committed} has the event that it was handled.
 */
final class ProfilesBenchmark implements Benchmark {

	private static final String NONE = "none";

	private static final String LOOP = "loop";

	private static final Figure HANDLED = new Figure("handled", "orders/s");

	private static final Figure P50 = new Figure("sent-to-event-p50", "ms");

	private static final Figure P99 = new Figure("sent-to-event-p99", "ms");

	private static final int PARTITIONS = 4;

	/**
	 * More than a product handles while it is measured.
	 */
	private static final int WAITING = 300_000;

	/**
	 * Orders per second, well below what a product can handle under each profile.
	 */
	private static final int RATE = 20;

	private static final Duration WARM_UP = Duration.ofSeconds(3);

	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	private final Duration measured;

	private final BenchLab lab;

	/**
	 * @param measured how long each of the two measurements takes, after the warm-up
	 */
	ProfilesBenchmark(Duration measured, BenchLab lab) {
		this.measured = measured;
		this.lab = lab;
	}

	@Override
	public List<String> variants() {
		return List.of(NONE, LOOP, "stock", "exactly-once");
	}

	@Override
	public List<Figure> figures() {
		return List.of(HANDLED, P50, P99);
	}

	@Override
	public Map<String, Double> measure(String variant) throws InterruptedException {
		double handled = handledPerSecond(variant);
		Histogram latency = latency(variant);
		return Map.of(HANDLED.name(), handled, P50.name(), Benchmark.millis(latency, 50), P99.name(),
				Benchmark.millis(latency, 99));
	}

	private double handledPerSecond(String variant) throws InterruptedException {
		String prefix = this.lab.nextPrefix();
		this.lab.topics().create(prefix + LabOptions.TOPIC, PARTITIONS);
		publish(WAITING, prefix + LabOptions.TOPIC, this.lab.client());
		try (PlainLoop loop = start(variant, prefix); HandledEvents events = events(prefix)) {
			this.lab.await(() -> events.count() > 0, TIMEOUT);
			TimeUnit.MILLISECONDS.sleep(WARM_UP.plus(this.measured).toMillis());
			List<Long> arrivals = events.arrivals();
			long from = arrivals.get(0) + WARM_UP.toNanos();
			List<Long> counted = arrivals.stream().filter((arrival) -> arrival >= from).toList();
			if (arrivals.size() == WAITING || counted.size() < 2) {
				throw new LabException(this.lab.messages().get("bench.not-measured", arrivals.size()));
			}
			return (counted.size() - 1) * 1e9 / (counted.get(counted.size() - 1) - counted.get(0));
		}
		finally {
			this.lab.stopServices();
		}
	}

	private Histogram latency(String variant) throws InterruptedException {
		String prefix = this.lab.nextPrefix();
		this.lab.topics().create(prefix + LabOptions.TOPIC, PARTITIONS);
		Instance order = this.lab.start("order", prefix, Map.of());
		try (PlainLoop loop = start(variant, prefix); HandledEvents events = events(prefix)) {
			int warmUp = (int) (RATE * WARM_UP.toSeconds());
			int orders = warmUp + (int) (RATE * this.measured.toSeconds());
			List<OrderLoad.Placed> placed = new OrderLoad(order.port(), this.lab.messages()).place(orders, RATE);
			this.lab.await(() -> events.count() == orders, TIMEOUT);
			Histogram micros = new Histogram(3);
			for (int number = warmUp; number < orders; number++) {
				long arrival = events.arrival(String.valueOf(number)).orElseThrow();
				micros.recordValue(TimeUnit.NANOSECONDS.toMicros(arrival - placed.get(number).due()));
			}
			return micros;
		}
		finally {
			this.lab.stopServices();
		}
	}

	/**
	 * Starts a product, with a new stock if it has one, or returns a loop.
	 */
	private @Nullable PlainLoop start(String variant, String prefix) throws InterruptedException {
		if (variant.equals(LOOP)) {
			this.lab.topics().create(handled(prefix), 1);
			return new PlainLoop(this.lab.client(), prefix + LabOptions.GROUP, prefix + LabOptions.TOPIC,
					handled(prefix));
		}
		Path stock = this.lab.home().state().resolve("stock");
		try {
			Folders.delete(stock);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.lab.start("product1", prefix, Map.of("SPRING_PROFILES_ACTIVE", variant.equals(NONE) ? "" : variant,
				"LAB_STOCK_FILE", stock.resolve("stock.db").toString()));
		return null;
	}

	private HandledEvents events(String prefix) throws InterruptedException {
		String topic = handled(prefix);
		// the product creates it
		this.lab.await(() -> this.lab.topics().partitionCount(topic).isPresent(), TIMEOUT);
		return new HandledEvents(this.lab.client(), topic, this.lab.topics().partitionCount(topic).orElseThrow());
	}

	private static String handled(String prefix) {
		return prefix + LabOptions.GROUP + "_handled";
	}

	private static void publish(int orders, String topic, Properties client) {
		try (KafkaProducer<byte[], byte[]> producer = BenchLab.producer(client)) {
			for (int number = 0; number < orders; number++) {
				byte[] order = Json
					.line(Map.of("id", UUID.randomUUID().toString(), "message", String.valueOf(number), "customerId",
							"customer-" + number, "placedAt", Instant.now().toString()))
					.getBytes(StandardCharsets.UTF_8);
				producer.send(new ProducerRecord<>(topic, number % PARTITIONS, null, order));
			}
		}
	}

}
