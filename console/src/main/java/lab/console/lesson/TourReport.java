package lab.console.lesson;

import java.time.Duration;

import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.Prediction;
import lab.console.lesson.Block.Prose;
import lab.console.lesson.Lesson.Step;

/**
 * Who follows a tour: a person at a terminal, or a program.
 */
interface TourReport {

	void lesson(Lesson lesson);

	void step(int number, Step step);

	void read(Prose prose);

	/**
	 * Asks, and returns when there is an answer.
	 */
	void ask(Prediction prediction);

	void tell(Answer answer);

	/**
	 * Something is typed.
	 * @param terminal whose terminal it is typed in: a service's name, or empty
	 */
	void typed(String terminal, String script);

	/**
	 * A program needs a while until it shows that.
	 */
	void waiting(String ready);

	void observed(Observation observation);

	void ended(int checks, int passed, Duration took);

}
