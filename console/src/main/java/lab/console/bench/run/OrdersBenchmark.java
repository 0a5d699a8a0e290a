package lab.console.bench.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import lab.console.bench.measure.Figure;
import lab.console.instance.Instance;
import lab.console.terminal.LabOptions;

/**
 * What the order service's guarantees cost: with its defaults, with
 * {@code growth=ordered}, and with five requests in flight (Kafka's default), where an
 * order can be recorded twice. Measures the {@link AcknowledgedLoad}.
 */
final class OrdersBenchmark implements Benchmark {

	/** The service as it is. */
	static final String DEFAULT = "default";

	private static final int PARTITIONS = 4;

	private final Map<String, Map<String, String>> environments = new LinkedHashMap<>();

	private final Duration measured;

	private final BenchLab lab;

	/**
	 * @param measured how long each of the two measurements takes, after the warm-up
	 */
	OrdersBenchmark(Duration measured, BenchLab lab) {
		this.measured = measured;
		this.lab = lab;
		this.environments.put(DEFAULT, Map.of());
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
		return AcknowledgedLoad.FIGURES;
	}

	@Override
	public Map<String, Double> measure(String variant) throws InterruptedException {
		String prefix = this.lab.nextPrefix();
		this.lab.topics().create(prefix + LabOptions.TOPIC, PARTITIONS);
		Instance order = this.lab.start("order", prefix, this.environments.getOrDefault(variant, Map.of()));
		try (PostedOrders orders = new PostedOrders(order.port(), this.lab.messages())) {
			return AcknowledgedLoad.measure(orders, this.measured);
		}
		finally {
			this.lab.stopServices();
		}
	}

}
