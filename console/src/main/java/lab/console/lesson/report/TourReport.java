package lab.console.lesson.report;

import java.time.Duration;

import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.Hint;
import lab.console.lesson.Block.Prediction;
import lab.console.lesson.Block.Prose;
import lab.console.lesson.Block.Watch;
import lab.console.lesson.Lesson;

/**
 * Who follows a tour: a person at a terminal, or a program, which is told only what was
 * observed unless it asks for more.
 */
public interface TourReport {

	default void lesson(Lesson lesson) {
	}

	default void step(int number, Lesson lesson) {
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
	 * Says what is probably wrong.
	 */
	default void advise(Hint hint) {
	}

	/**
	 * Something is in a terminal that only the person sees.
	 */
	default void look(Watch watch) {
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
