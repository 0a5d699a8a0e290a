package lab.console.lesson;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import lab.console.lesson.Expectation.Expected;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What counts as seen in an output.
 */
class ExpectationTests {

	private static final List<String> OUTPUT = List.of("GROUP    TOPIC         PARTITION",
			"product  topic_example 0  (a+b)", "상품 서비스");

	@Test
	void seesTextWhereverItStandsInALine() {
		assertThat(check("topic_example")).isEqualTo(new CheckResult("topic_example", OUTPUT.get(1), true));
		assertThat(check("상품")).isEqualTo(new CheckResult("상품", OUTPUT.get(2), true));
		assertThat(check("(a+b)").ok()).isTrue();
	}

	@Test
	void takesASpaceForAnyRunOfBlanks() {
		assertThat(check("product topic_example 0").ok()).isTrue();
		assertThat(check("producttopic_example").ok()).isFalse();
	}

	@Test
	void doesNotSeeWhatIsNotThereOrStandsInTwoLines() {
		assertThat(check("product2")).isEqualTo(new CheckResult("product2", null, false));
		assertThat(check("PARTITION product").ok()).isFalse();
	}

	@Test
	void readsARegularExpressionBetweenSlashes() {
		assertThat(check("/^product +\\S+ \\d/").seen()).isEqualTo(OUTPUT.get(1));
		assertThat(check("/^topic/").ok()).isFalse();
	}

	@Test
	void forbidsWhatFollowsAnExclamationMark() {
		assertThat(check("!product2")).isEqualTo(new CheckResult("!product2", null, true));
		assertThat(check("!topic_example")).isEqualTo(new CheckResult("!topic_example", OUTPUT.get(1), false));
		assertThat(check("! /^product/").ok()).isFalse();
	}

	@Test
	void checksLineByLine() {
		Expectation expectation = new Expectation(Stream.of("GROUP", "nothing", "!상품").map(Expected::of).toList(),
				Duration.ZERO, false);
		assertThat(expectation.check(OUTPUT)).extracting(CheckResult::ok).containsExactly(true, false, false);
	}

	private static CheckResult check(String text) {
		return Expected.of(text).check(OUTPUT);
	}

}
