package lab.console.bench.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class IntervalTests {

	@Test
	void ofOneValueHasNoConfidence() {
		assertThat(Interval.of(List.of(7.0))).isEqualTo(new Interval(7, 7, 7, 1, 0));
	}

	@Test
	void ofFiveValuesGoesFromTheLowestToTheHighest() {
		assertThat(Interval.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0))).isEqualTo(new Interval(1, 3, 5, 5, 0.9375));
	}

	@Test
	void ofAnEvenNumberHasItsMedianBetweenTheTwoInTheMiddle() {
		assertThat(Interval.of(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
	}

	/**
	 * The ranks and the confidence are those of tables for the sign test.
	 */
	@Test
	void ofManyValuesLeavesOutTheOuterOnes() {
		List<Double> values = new ArrayList<>(IntStream.rangeClosed(1, 20).mapToObj(Double::valueOf).toList());
		Collections.shuffle(values);
		Interval interval = Interval.of(values);
		assertThat(interval.low()).isEqualTo(6);
		assertThat(interval.high()).isEqualTo(15);
		assertThat(interval.confidence()).isEqualTo(0.9586, Offset.offset(0.0001));
	}

	@Test
	void ofNoValuesIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Interval.of(List.of()));
	}

}
