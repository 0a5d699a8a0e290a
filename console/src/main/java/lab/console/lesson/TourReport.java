package lab.console.lesson;

import java.time.Duration;

import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.Prediction;
import lab.console.lesson.Block.Prose;
import lab.console.lesson.Lesson.Step;

/**
 * Who follows a tour: a person at a terminal, or a program, which is told only what was
 * observed unless it asks for more.
 */
interface TourReport {

	default void lesson(Lesson lesson) {
	}

	default void step(int number, Step step) {
	}

	default void read(Prose prose) {
	}

	/**
	 * Asks, and returns when there is an answer.
	 */
	default void ask(Prediction prediction) {
	}

	default void tell(Answer answer) {
	}

	/**
	 * Something is typed.
	 * @param terminal whose terminal it is typed in: a service's name, or empty
	 */
	default void typed(String terminal, String script) {
	}

	/**
	 * A program needs a while until it shows that.
	 */
	default void waiting(String ready) {
	}

	void observed(Observation observation);

	void ended(int checks, int passed, Duration took);

}
