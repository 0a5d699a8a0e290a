package lab.console.lesson.report;

import java.time.Duration;

import lab.console.lesson.Block.Hint;
import lab.console.lesson.Lesson;
import lombok.RequiredArgsConstructor;

/**
 * Reports only the titles of the steps, and failures.
 */
@RequiredArgsConstructor
public class BriefReport implements TourReport {

	private final TourReport report;

	@Override
	public void standIn(String sentence) {
		this.report.standIn(sentence);
	}

	@Override
	public void step(int number, Lesson lesson) {
		this.report.step(number, lesson);
	}

	@Override
	public void observed(Observation observation) {
		if (!observation.ok()) {
			this.report.observed(observation);
		}
	}

	@Override
	public void advise(Hint hint) {
		this.report.advise(hint);
	}

	@Override
	public void stopped(int number, Lesson lesson) {
		this.report.stopped(number, lesson);
	}

	@Override
	public void ended(int checks, int passed, Duration took) {
		this.report.ended(checks, passed, took);
	}

}
