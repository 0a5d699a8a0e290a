package lab.console.classroom;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;

import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.Ticks;
import lab.console.terminal.Messages;
import lab.console.terminal.Templates;
import org.jspecify.annotations.Nullable;

/**
 * The page of a class: a line for each learner, a column for each lesson that somebody
 * has begun. The lines are low, so that thirty fit on a projector. The browser loads it
 * again every few seconds.
 *
 * @param key what the server accepts a removal with; empty where nobody may remove
 * anything
 */
record ClassPage(String language, String title, String explanation, String learner, List<String> lessons, String failed,
		String reported, String key, List<LearnerRow> rows) {

	/**
	 * How long a learner who has not finished a lesson reports nothing until the line is
	 * highlighted.
	 */
	static final Duration SILENT = Duration.ofMinutes(5);

	/**
	 * A learner, with a cell for each lesson.
	 *
	 * @param failed the last step that failed, or nothing
	 * @param silent whether nothing was reported for long, and a lesson is not finished
	 * @param remove says what the button does that removes the line
	 */
	record LearnerRow(String name, List<LessonCell> cells, String failed, String reported, boolean silent,
			String remove) {
	}

	/**
	 * How far a learner is with a lesson.
	 *
	 * @param text a tick, how many steps are done, or nothing
	 */
	record LessonCell(String text, boolean done) {
	}

	static String html(Classroom classroom, Lessons lessons, Instant now, String key, Messages messages) {
		List<Classroom.Reported> reported = classroom.reported();
		List<Lesson> begun = lessons.all()
			.stream()
			.filter((lesson) -> reported.stream().anyMatch((learner) -> learner.done().containsKey(lesson.name())))
			.toList();
		List<LearnerRow> rows = reported.stream().map((learner) -> row(learner, begun, now, messages)).toList();
		return Templates.fill(ClassPage.class, "class.mustache",
				new ClassPage(messages.language().code(), messages.get("class.title"),
						messages.get(rows.isEmpty() ? "class.nobody" : "class.explanation", rows.size(),
								SILENT.toMinutes()),
						messages.get("class.learner"), begun.stream().map(ClassPage::heading).toList(),
						messages.get("class.failed"), messages.get("class.reported"), key, rows));
	}

	private static LearnerRow row(Classroom.Reported learner, List<Lesson> begun, Instant now, Messages messages) {
		List<LessonCell> cells = begun.stream()
			.map((lesson) -> cell(lesson, learner.done().get(lesson.name())))
			.toList();
		Duration since = Duration.between(learner.at(), now);
		boolean finished = cells.stream().allMatch((cell) -> cell.done() || cell.text().isEmpty());
		return new LearnerRow(learner.name(), cells, failed(learner.failed(), begun, now, messages),
				ago(since, messages), !finished && since.compareTo(SILENT) >= 0,
				messages.get("class.remove", learner.name()));
	}

	/**
	 * Names the check by the titles of the lesson and its step, as they are on this
	 * machine.
	 */
	private static String failed(Classroom.@Nullable FailedCheck failed, List<Lesson> begun, Instant now,
			Messages messages) {
		if (failed == null) {
			return "";
		}
		Lesson lesson = begun.stream().filter((one) -> one.name().equals(failed.lesson())).findFirst().orElseThrow();
		return messages.get(failed.begun() ? "class.failed-check" : "class.obstacle", heading(lesson), failed.step(),
				lesson.step(failed.step()).title(), ago(Duration.between(failed.at(), now), messages));
	}

	private static String ago(Duration since, Messages messages) {
		return (since.toMinutes() == 0) ? messages.get("class.just-now") : messages.get("class.ago", since.toMinutes());
	}

	private static String heading(Lesson lesson) {
		return "%d %s".formatted(lesson.number(), Lessons.shortName(lesson));
	}

	/**
	 * Of the steps those count after which the lesson is done.
	 * @param done null if the learner has not begun it
	 */
	private static LessonCell cell(Lesson lesson, @Nullable SortedSet<Integer> done) {
		if (done == null) {
			return new LessonCell("", false);
		}
		if (Ticks.isDone(lesson, done)) {
			return new LessonCell("✓", true);
		}
		List<Integer> needed = lesson.needed();
		return new LessonCell("%d/%d".formatted(needed.stream().filter(done::contains).count(), needed.size()), false);
	}

}
