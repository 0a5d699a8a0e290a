package lab.console.lesson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import lab.console.lesson.Block.Hint;

/**
 * Keeps what a tour observed.
 */
class RecordingReport implements TourReport {

	final List<Observation> observations = new ArrayList<>();

	final List<String> typed = new ArrayList<>();

	final List<String> advice = new ArrayList<>();

	String ended = "";

	/**
	 * The last observation: the one that ended the tour, if one did.
	 */
	Observation last() {
		return this.observations.get(this.observations.size() - 1);
	}

	@Override
	public void typed(String terminal, String script) {
		this.typed.add(script);
	}

	@Override
	public void advise(Hint hint) {
		this.advice.add(PlainText.of(hint.advice()));
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
