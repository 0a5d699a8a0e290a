package lab.console.lesson.list;

import java.util.List;

import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.Ticks;
import lab.console.lesson.Ticks.LessonState;

/**
 * A lesson in the list of lessons, and how far the learner is.
 *
 * @param done how many of the steps are done
 * @param minutes about how long it takes by hand
 * @param onBoard whether it can be done on the board
 */
record LessonEntry(int number, String name, String title, int steps, int done, int minutes, LessonState state,
		boolean onBoard) {

	static List<LessonEntry> all(Lessons lessons, Ticks ticks) {
		return lessons.all().stream().map((lesson) -> of(lesson, ticks)).toList();
	}

	static LessonEntry of(Lesson lesson, Ticks ticks) {
		return new LessonEntry(lesson.number(), Lessons.shortName(lesson), lesson.title(), lesson.steps().size(),
				ticks.steps(lesson).size(), lesson.minutes(), ticks.state(lesson), lesson.onBoard());
	}

}
