package lab.console.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import lab.console.bench.measure.Figure;
import lab.console.process.Folders;
import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
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
		List<Figure> figures = new ArrayList<>(List.of(HANDLED));
		figures.addAll(SentToEvent.FIGURES);
		return figures;
	}

	@Override
	public Map<String, Double> measure(String variant) throws InterruptedException {
		Map<String, Double> values = new HashMap<>(sentToEvent(variant));
		values.put(HANDLED.name(), handledPerSecond(variant));
		return values;
	}

	private double handledPerSecond(String variant) throws InterruptedException {
		String prefix = this.lab.nextPrefix();
		this.lab.topics().create(prefix + LabOptions.TOPIC, PARTITIONS);
		publish(WAITING, prefix + LabOptions.TOPIC, this.lab.client());
		try (PlainLoop loop = start(variant, prefix); HandledEvents events = HandledEvents.of(prefix, this.lab)) {
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

	private Map<String, Double> sentToEvent(String variant) throws InterruptedException {
		String prefix = this.lab.nextPrefix();
		this.lab.topics().create(prefix + LabOptions.TOPIC, PARTITIONS);
		int port = this.lab.start("order", prefix, Map.of()).port();
		try (PlainLoop loop = start(variant, prefix);
				HandledEvents events = HandledEvents.of(prefix, this.lab);
				PostedOrders posted = new PostedOrders(port, this.lab.messages())) {
			return SentToEvent.measure(posted, events, RATE, this.measured, this.lab);
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
			this.lab.topics().create(HandledEvents.topic(prefix), 1);
			return new PlainLoop(this.lab.client(), prefix);
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

	private static void publish(int orders, String topic, Properties client) {
		try (KafkaProducer<byte[], byte[]> producer = BenchLab.producer(client)) {
			for (int number = 0; number < orders; number++) {
				byte[] order = Json.line(BenchLab.order(number)).getBytes(StandardCharsets.UTF_8);
				producer.send(new ProducerRecord<>(topic, number % PARTITIONS, null, order));
			}
		}
	}

}
