package lab.console.lesson.list;

import java.util.List;
import java.util.stream.IntStream;

import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.Progress;
import lab.console.lesson.Progress.State;

/**
 * A lesson in the list of lessons, and how far the learner is with it.
 *
 * @param done how many of its steps
 * @param minutes about how long it takes by hand
 */
record LessonEntry(int number, String name, String title, int steps, int done, int minutes, State state) {

	static List<LessonEntry> all(Lessons lessons, Progress progress) {
		return IntStream.range(0, lessons.all().size())
			.mapToObj((i) -> of(i + 1, lessons.all().get(i), progress))
			.toList();
	}

	static LessonEntry of(int number, Lesson lesson, Progress progress) {
		return new LessonEntry(number, Lessons.shortName(lesson), lesson.title(), lesson.steps().size(),
				progress.steps(lesson).size(), lesson.minutes(), progress.state(lesson));
	}

}
