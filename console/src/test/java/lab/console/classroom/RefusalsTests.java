package lab.console.classroom;

import java.time.Instant;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which refused reports the teacher is told of.
 */
class RefusalsTests {

	private static final Instant START = Instant.parse("2026-01-01T09:00:00Z");

	private final Refusals refusals = new Refusals();

	@Test
	void theFirstOfALearnerWithinAMinute() {
		assertThat(this.refusals.isToBeTold("kim", START)).isTrue();
		assertThat(this.refusals.isToBeTold("kim", START.plusSeconds(1))).isFalse();
		assertThat(this.refusals.isToBeTold("lee", START.plusSeconds(1))).isTrue();
		assertThat(this.refusals.isToBeTold("kim", START.plus(Refusals.QUIET))).isTrue();
	}

	@Test
	void notOfMoreThanAClassHas() {
		assertThat(IntStream.range(0, 1000).filter((i) -> this.refusals.isToBeTold("guess " + i, START)).count())
			.isEqualTo(Refusals.MOST);
		assertThat(this.refusals.isToBeTold("kim", START.plus(Refusals.QUIET))).isTrue();
	}

}
