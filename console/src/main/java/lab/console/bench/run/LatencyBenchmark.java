package lab.console.bench.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import lab.console.bench.measure.Figure;
import lab.console.terminal.LabOptions;

/**
 * How long an order is on its way at {@value #RATE} orders per second: through the order
 * service and a product; through the order service and a {@link PlainLoop}; and, as the
 * least that Kafka's clients need, an event through one topic, without a service.
 */
final class LatencyBenchmark implements Benchmark {

	private static final String SERVICES = "services";

	private static final String LOOP = "loop";

	private static final String TOPIC_ONLY = "topic-only";

	private static final int PARTITIONS = 4;

	/** Orders per second. */
	private static final int RATE = 1000;

	private final Duration measured;

	private final BenchLab lab;

	/**
	 * @param measured how long is measured, after the warm-up
	 */
	LatencyBenchmark(Duration measured, BenchLab lab) {
		this.measured = measured;
		this.lab = lab;
	}

	@Override
	public List<String> variants() {
		return List.of(SERVICES, LOOP, TOPIC_ONLY);
	}

	@Override
	public List<Figure> figures() {
		return SentToEvent.FIGURES;
	}

	@Override
	public Map<String, Double> measure(String variant) throws InterruptedException {
		String prefix = this.lab.nextPrefix();
		this.lab.topics().create(prefix + LabOptions.TOPIC, PARTITIONS);
		try {
			return switch (variant) {
				case SERVICES -> {
					this.lab.start("product1", prefix, Map.of());
					yield measurePosted(prefix);
				}
				case LOOP -> {
					this.lab.topics().create(HandledEvents.topic(prefix), 1);
					try (PlainLoop loop = new PlainLoop(this.lab.client(), prefix)) {
						yield measurePosted(prefix);
					}
				}
				default -> {
					this.lab.topics().create(HandledEvents.topic(prefix), 1);
					try (SentOrders sent = new SentOrders(this.lab.client(), HandledEvents.topic(prefix),
							LatencyBenchmark::event, this.lab.messages());
							HandledEvents events = HandledEvents.of(prefix, this.lab)) {
						yield SentToEvent.measure(sent, events, RATE, this.measured, this.lab);
					}
				}
			};
		}
		finally {
			this.lab.stopServices();
		}
	}

	private Map<String, Double> measurePosted(String prefix) throws InterruptedException {
		int port = this.lab.start("order", prefix, Map.of()).port();
		try (PostedOrders posted = new PostedOrders(port, this.lab.messages());
				HandledEvents events = HandledEvents.of(prefix, this.lab)) {
			return SentToEvent.measure(posted, events, RATE, this.measured, this.lab);
		}
	}

	private static Map<String, Object> event(int number) {
		return Map.of("orderId", UUID.randomUUID().toString(), "message", String.valueOf(number), "instance", "none",
				"partition", 0, "offset", number, "handledAt", Instant.now().toString());
	}

}
