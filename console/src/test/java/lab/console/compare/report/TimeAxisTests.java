package lab.console.compare.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TimeAxisTests {

	@Test
	void startsAtZeroIfTheTimesAreClose() {
		TimeAxis axis = TimeAxis.of(List.of(380.0, 3670.0));
		assertThat(axis).isEqualTo(new TimeAxis(false, 0, 4000, List.of(0.0, 1000.0, 2000.0, 3000.0, 4000.0)));
		assertThat(axis.share(1000)).isEqualTo(0.25);
	}

	@Test
	void isLogarithmicIfTheTimesAreFarApart() {
		TimeAxis axis = TimeAxis.of(List.of(257.0, 295_720.0));
		assertThat(axis.ticks()).containsExactly(100.0, 1000.0, 10_000.0, 100_000.0);
		assertThat(axis.share(100)).isZero();
		assertThat(axis.share(500_000)).isCloseTo(1, within(1e-9));
		assertThat(axis.share(1000) - axis.share(100)).isCloseTo(axis.share(10_000) - axis.share(1000), within(1e-9));
	}

	@Test
	void hasRoomForOneTimeAndForNone() {
		assertThat(TimeAxis.of(List.of(5000.0)).share(5000)).isEqualTo(1);
		assertThat(TimeAxis.of(List.of(0.0)).share(0)).isZero();
		assertThat(TimeAxis.of(List.of(0.0, 1000.0)).share(0)).isZero();
	}

	@Test
	void labelsInSeconds() {
		assertThat(List.of(0.0, 2.0, 100.0, 20_000.0)).extracting(TimeAxis::label)
			.containsExactly("0 s", "0.002 s", "0.1 s", "20 s");
	}

}
