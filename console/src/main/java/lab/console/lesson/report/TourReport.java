package lab.console.lesson.report;

import java.time.Duration;
import java.util.List;

import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.Hint;
import lab.console.lesson.Block.Prediction;
import lab.console.lesson.Block.Prose;
import lab.console.lesson.Block.Watch;
import lab.console.lesson.Lesson;
import org.jspecify.annotations.Nullable;

/**
 * Reports a tour while it runs, to a person or to a program. What a report does not
 * implement it leaves out.
 */
public interface TourReport {

	/**
	 * Reports the title of the lesson that begins.
	 */
	default void lesson(Lesson lesson) {
	}

	/**
	 * Reports what is used in place of a command that is not installed.
	 */
	default void standIn(String sentence) {
	}

	default void step(int number, Lesson lesson) {
	}

	default void read(Prose prose) {
	}

	/**
	 * Asks the question and returns when it is answered.
	 */
	default void ask(Prediction prediction) {
	}

	default void tell(Answer answer) {
	}

	/**
	 * Reports the probable cause of a failure.
	 */
	default void advise(Hint hint) {
	}

	/**
	 * Asks the person to check lines in a terminal that the tour does not see.
	 */
	default void look(Watch watch) {
	}

	/**
	 * Reports a script that is run.
	 * @param terminal the name of the service that it starts, or empty
	 */
	default void typed(String terminal, String script) {
	}

	/**
	 * Reports that the tour waits for a service to print this.
	 */
	default void waiting(String ready) {
	}

	/**
	 * Reports that a command runs longer, or an output is awaited longer, than a person
	 * expects.
	 * @param atMost how long it is awaited; null for a command that ends by itself
	 */
	default void takesLong(@Nullable Duration atMost) {
	}

	void observed(Observation observation);

	/**
	 * Reports that the output that the lesson's page shows is out of date.
	 * @param line where it stands in the file, from 1
	 * @param missing its lines that nothing in the new output looks like
	 */
	default void drifted(int line, List<String> missing) {
	}

	/**
	 * Reports that steps before the one that was checked are not ticked.
	 */
	default void notDoneBefore(List<Integer> steps) {
	}

	/**
	 * Reports that the lesson ends with this step, in which a check has failed.
	 */
	default void stopped(int number, Lesson lesson) {
	}

	void ended(int checks, int passed, Duration took);

}
