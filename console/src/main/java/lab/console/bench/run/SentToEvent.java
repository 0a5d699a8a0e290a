package lab.console.bench.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import lab.console.bench.measure.Figure;
import org.HdrHistogram.Histogram;

/**
 * The time from when an order is due to be sent until a consumer with
 * {@code read_committed} has the event that it was handled.
 */
final class SentToEvent {

	private static final Figure P50 = new Figure("sent-to-event-p50", "ms");

	private static final Figure P99 = new Figure("sent-to-event-p99", "ms");

	static final List<Figure> FIGURES = List.of(P50, P99);

	private static final Duration WARM_UP = Duration.ofSeconds(3);

	private static final Duration TIMEOUT = Duration.ofMinutes(1);

	private SentToEvent() {
	}

	/**
	 * Measures it, after a warm-up.
	 * @param rate orders per second
	 */
	static Map<String, Double> measure(OrderPlacer placer, HandledEvents events, int rate, Duration measured,
			BenchLab lab) throws InterruptedException {
		int warmUp = (int) (rate * WARM_UP.toSeconds());
		int orders = warmUp + (int) (rate * measured.toSeconds());
		List<OrderLoad.Placed> placed = new OrderLoad(placer).place(orders, rate);
		lab.await(() -> events.count() == orders, TIMEOUT);
		Histogram micros = new Histogram(3);
		for (int number = warmUp; number < orders; number++) {
			long arrival = events.arrival(String.valueOf(number)).orElseThrow();
			micros.recordValue(TimeUnit.NANOSECONDS.toMicros(arrival - placed.get(number).due()));
		}
		return Map.of(P50.name(), Benchmark.millis(micros, 50), P99.name(), Benchmark.millis(micros, 99));
	}

}
