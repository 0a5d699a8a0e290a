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
 * The page of a class: a row for each learner, a column for each lesson that somebody has
 * begun. The browser loads it again every few seconds.
 */
record ClassPage(String language, String title, String explanation, String learner, List<String> lessons,
		String reported, List<LearnerRow> rows) {

	/**
	 * A learner, with a cell for each lesson.
	 */
	record LearnerRow(String name, List<LessonCell> cells, String reported) {
	}

	/**
	 * How far a learner is with a lesson.
	 *
	 * @param text a tick, how many steps are done, or nothing
	 */
	record LessonCell(String text, boolean done) {
	}

	static String html(Classroom classroom, Lessons lessons, Instant now, Messages messages) {
		List<Classroom.Reported> reported = classroom.reported();
		List<Lesson> begun = lessons.all()
			.stream()
			.filter((lesson) -> reported.stream().anyMatch((learner) -> learner.done().containsKey(lesson.name())))
			.toList();
		List<LearnerRow> rows = reported.stream()
			.map((learner) -> new LearnerRow(learner.name(),
					begun.stream().map((lesson) -> cell(lesson, learner.done().get(lesson.name()))).toList(),
					messages.get("class.ago", Duration.between(learner.at(), now).toMinutes())))
			.toList();
		return Templates.fill(ClassPage.class, "class.mustache",
				new ClassPage(messages.language().code(), messages.get("class.title"),
						messages.get(rows.isEmpty() ? "class.nobody" : "class.explanation", rows.size()),
						messages.get("class.learner"), begun.stream().map(ClassPage::heading).toList(),
						messages.get("class.reported"), rows));
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
