package lab.console.compare.measure;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DistributionTests {

	@Test
	void ofNothingThereIsNone() {
		assertThat(Distribution.of(List.of())).isEmpty();
	}

	@Test
	void ofOneRunAllIsThatRun() {
		assertThat(Distribution.of(List.of(7))).contains(new Distribution(1, 7, 7, 7, 7));
	}

	@Test
	void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
		assertThat(Distribution.of(List.of(4, 1, 3, 2))).contains(new Distribution(4, 2.5, 4, 1, 4));
	}

	@Test
	void ninetyFiveOfAHundredRunsDoNotExceedTheNinetyFifthPercentile() {
		assertThat(Distribution.of(IntStream.rangeClosed(1, 100).boxed().toList()))
			.contains(new Distribution(100, 50.5, 95, 1, 100));
		assertThat(Distribution.of(IntStream.rangeClosed(1, 20).boxed().toList()).orElseThrow().p95()).isEqualTo(19);
	}

}
