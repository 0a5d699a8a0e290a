package lab.console.lesson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import lab.console.lesson.Block.Answer;
import lab.console.lesson.Block.Prediction;
import lab.console.lesson.Block.Prose;
import lab.console.lesson.Lesson.Step;

/**
 * Keeps what a tour observed.
 */
class RecordingReport implements TourReport {

	final List<Observation> observations = new ArrayList<>();

	final List<String> typed = new ArrayList<>();

	String ended = "";

	/**
	 * The last observation: the one that ended the tour, if one did.
	 */
	Observation last() {
		return this.observations.get(this.observations.size() - 1);
	}

	@Override
	public void lesson(Lesson lesson) {
		// nothing to keep
	}

	@Override
	public void step(int number, Step step) {
		// nothing to keep
	}

	@Override
	public void read(Prose prose) {
		// nothing to keep
	}

	@Override
	public void ask(Prediction prediction) {
		// nothing to keep
	}

	@Override
	public void tell(Answer answer) {
		// nothing to keep
	}

	@Override
	public void typed(String terminal, String script) {
		this.typed.add(script);
	}

	@Override
	public void waiting(String ready) {
		// nothing to keep
	}

	@Override
	public void observed(Observation observation) {
		this.observations.add(observation);
	}

	@Override
	public void ended(int checks, int passed, Duration took) {
		this.ended = passed + " of " + checks;
	}

}
