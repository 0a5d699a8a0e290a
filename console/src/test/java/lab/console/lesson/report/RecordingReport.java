package lab.console.lesson.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import lab.console.lesson.Block.Hint;
import lab.console.lesson.Block.Prediction;
import lab.console.lesson.Lesson;
import lab.console.lesson.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a tour observed.
 */
public class RecordingReport implements TourReport {

	final List<Observation> observations = new ArrayList<>();

	public final List<String> typed = new ArrayList<>();

	public final List<String> questions = new ArrayList<>();

	public final List<String> advice = new ArrayList<>();

	/**
	 * The lines that are not printed any more.
	 */
	public final List<String> drifted = new ArrayList<>();

	public String ended = "";

	/**
	 * How long what takes long is awaited.
	 */
	public final List<@Nullable Duration> longWaits = new ArrayList<>();

	public final List<Integer> notDoneBefore = new ArrayList<>();

	/**
	 * The step at which the tour ended before its end; 0 if it did not.
	 */
	public int stopped;

	/**
	 * The last observation: the one that ended the tour, if one did.
	 */
	public Observation last() {
		return this.observations.get(this.observations.size() - 1);
	}

	@Override
	public void ask(Prediction prediction) {
		this.questions.add(PlainText.of(prediction.question()));
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
	public void drifted(int line, List<String> missing) {
		this.drifted.addAll(missing);
	}

	@Override
	public void takesLong(@Nullable Duration atMost) {
		this.longWaits.add(atMost);
	}

	@Override
	public void notDoneBefore(List<Integer> steps) {
		this.notDoneBefore.addAll(steps);
	}

	@Override
	public void stopped(int number, Lesson lesson) {
		this.stopped = number;
	}

	@Override
	public void ended(int checks, int passed, Duration took) {
		this.ended = passed + " of " + checks;
	}

}
