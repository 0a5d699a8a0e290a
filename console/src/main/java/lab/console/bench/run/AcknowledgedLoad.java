package lab.console.bench.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import lab.console.bench.measure.Figure;
import org.HdrHistogram.Histogram;

/**
 * How fast orders are acknowledged: the orders per second with
 * {@value OrderLoad#MOST_AT_ONCE} clients that wait for each answer; and, at half of
 * that, the time from when an order is due until it is acknowledged.
 */
final class AcknowledgedLoad {

	private static final Figure ACKNOWLEDGED = new Figure("acknowledged", "orders/s");

	private static final Figure P50 = new Figure("sent-to-201-p50", "ms");

	private static final Figure P99 = new Figure("sent-to-201-p99", "ms");

	static final List<Figure> FIGURES = List.of(ACKNOWLEDGED, P50, P99);

	/**
	 * In orders per second. With more, the time would be that of the clients, which share
	 * the machine.
	 */
	private static final int MAX_RATE = 2000;

	private static final Duration WARM_UP = Duration.ofSeconds(5);

	private AcknowledgedLoad() {
	}

	/**
	 * Measures it, after a warm-up.
	 * @param measured how long each of the two measurements takes
	 */
	static Map<String, Double> measure(OrderPlacer placer, Duration measured) {
		OrderLoad load = new OrderLoad(placer);
		load.placeMany(WARM_UP);
		double acknowledged = load.placeMany(measured) * 1e9 / measured.toNanos();
		int rate = Math.max(1, (int) Math.min(MAX_RATE, acknowledged / 2));
		Histogram micros = new Histogram(3);
		load.place((int) (rate * measured.toSeconds()), rate)
			.forEach((placed) -> micros.recordValue(TimeUnit.NANOSECONDS.toMicros(placed.answered() - placed.due())));
		return Map.of(ACKNOWLEDGED.name(), acknowledged, P50.name(), Benchmark.millis(micros, 50), P99.name(),
				Benchmark.millis(micros, 99));
	}

}
