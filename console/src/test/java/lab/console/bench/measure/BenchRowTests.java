package lab.console.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BenchRowTests {

	private static final Figure SPEED = new Figure("speed", "orders/s");

	@Test
	void theFirstVariantHasNoRatio() {
		assertThat(rows(List.of(100.0, 200.0), List.of(50.0, 100.0))).first().satisfies((row) -> {
			assertThat(row.variant()).isEqualTo("a");
			assertThat(row.value().median()).isEqualTo(150);
			assertThat(row.ratio()).isNull();
			assertThat(row.noisy()).isFalse();
		});
	}

	/**
	 * A machine that is twice as fast in the second round changes no ratio.
	 */
	@Test
	void theRatioIsThatOfTheSameRound() {
		assertThat(rows(List.of(100.0, 200.0), List.of(50.0, 100.0))).last().satisfies((row) -> {
			assertThat(row.variant()).isEqualTo("b");
			assertThat(row.ratio()).isEqualTo(new Interval(0.5, 0.5, 0.5, 2, 0.5));
			assertThat(row.noisy()).isFalse();
		});
	}

	@Test
	void aRatioThatDiffersFromRoundToRoundIsNoisy() {
		assertThat(rows(List.of(100.0, 100.0), List.of(50.0, 101.0))).last()
			.satisfies((row) -> assertThat(row.noisy()).isTrue());
	}

	private static List<BenchRow> rows(List<Double> a, List<Double> b) {
		List<Measurement> measurements = new ArrayList<>();
		for (int round = a.size(); round > 0; round--) {
			measurements.add(new Measurement(round, "b", Map.of("speed", b.get(round - 1))));
			measurements.add(new Measurement(round, "a", Map.of("speed", a.get(round - 1))));
		}
		return BenchRow.of(List.of("a", "b"), List.of(SPEED), measurements);
	}

}
