package lab.console.terminal;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A slip of the finger is understood, another word is not.
 */
class NearestTests {

	private static final List<String> NAMES = List.of("tour", "doctor", "lessons", "exercise", "class", "up", "bench",
			"consumer-group", "--check", "--from", "-h");

	@ParameterizedTest
	@CsvSource({ "tuor, tour", "TOUR, tour", "tours, tour", "docter, doctor", "lesson, lessons", "excercise, exercise",
			"consumer-gruop, consumer-group", "customer-group, consumer-group", "pu, up", "--chekc, --check",
			"-from, --from" })
	void isTheNameWithTheFewestSlips(String typed, String meant) {
		assertThat(Nearest.to(typed, NAMES)).contains(meant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "lunch", "x", "-x", "--bogus", "", "start-all", "투어" })
	void isNothingWhereNothingIsNear(String typed) {
		assertThat(Nearest.to(typed, NAMES)).isEmpty();
	}

	@Test
	void aSwapIsOneSlip() {
		assertThat(Nearest.slips("tuor", "tour")).isEqualTo(1);
		assertThat(Nearest.slips("tuor", "doctor")).isEqualTo(4);
		assertThat(Nearest.slips("", "up")).isEqualTo(2);
	}

}
