package lab.console.bench.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import lab.console.bench.measure.Figure;
import lab.console.instance.Instance;
import lab.console.terminal.LabOptions;
import org.HdrHistogram.Histogram;

/**
 * What the order service's guarantees cost: with its defaults, with
 * {@code growth=ordered}, and with five requests in flight (Kafka's default), where an
 * order can be recorded twice. Measures the orders acknowledged per second with
 * {@value #AT_ONCE} clients that wait for each answer, and, at a rate well below that,
 * the time from when an order is due until it is acknowledged.
 */
final class OrdersBenchmark implements Benchmark {

	private static final Figure ACKNOWLEDGED = new Figure("acknowledged", "orders/s");

	private static final Figure P50 = new Figure("sent-to-201-p50", "ms");

	private static final Figure P99 = new Figure("sent-to-201-p99", "ms");

	private static final int PARTITIONS = 4;

	private static final int AT_ONCE = 64;

	/**
	 * Orders per second, well below what the service can take.
	 */
	private static final int RATE = 200;

	private static final Duration WARM_UP = Duration.ofSeconds(5);

	private final Map<String, Map<String, String>> environments = new LinkedHashMap<>();

	private final Duration measured;

	private final BenchLab lab;

	/**
	 * @param measured how long each of the two measurements takes, after the warm-up
	 */
	OrdersBenchmark(Duration measured, BenchLab lab) {
		this.measured = measured;
		this.lab = lab;
		this.environments.put("default", Map.of());
		this.environments.put("growth-ordered", Map.of("LAB_ORDER_GROWTH", "ordered"));
		this.environments.put("five-in-flight", Map.of("SPRING_APPLICATION_JSON",
				"{\"spring.kafka.producer.properties.max.in.flight.requests.per.connection\": 5}"));
	}

	@Override
	public List<String> variants() {
		return List.copyOf(this.environments.keySet());
	}

	@Override
	public List<Figure> figures() {
		return List.of(ACKNOWLEDGED, P50, P99);
	}

	@Override
	public Map<String, Double> measure(String variant) throws InterruptedException {
		String prefix = this.lab.nextPrefix();
		this.lab.topics().create(prefix + LabOptions.TOPIC, PARTITIONS);
		Instance order = this.lab.start("order", prefix, this.environments.getOrDefault(variant, Map.of()));
		try {
			OrderLoad load = new OrderLoad(order.port(), this.lab.messages());
			load.placeMany(AT_ONCE, WARM_UP);
			double acknowledged = load.placeMany(AT_ONCE, this.measured) * 1e9 / this.measured.toNanos();
			Histogram micros = new Histogram(3);
			load.place((int) (RATE * this.measured.toSeconds()), RATE)
				.forEach((placed) -> micros
					.recordValue(TimeUnit.NANOSECONDS.toMicros(placed.answered() - placed.due())));
			return Map.of(ACKNOWLEDGED.name(), acknowledged, P50.name(), Benchmark.millis(micros, 50), P99.name(),
					Benchmark.millis(micros, 99));
		}
		finally {
			this.lab.stopServices();
		}
	}

}
