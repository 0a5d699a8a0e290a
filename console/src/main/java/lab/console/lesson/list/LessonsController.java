package lab.console.lesson.list;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.Ticks;
import lab.console.process.LabHome;
import lab.console.terminal.Messages;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The lessons and their ticks for the page. The files are read for each request, so that
 * changes show at once.
 */
@RestController
@RequestMapping("/api/lessons")
public class LessonsController {

	private final LabHome home;

	private final Ticks ticks;

	LessonsController(LabHome home) {
		this.home = home;
		this.ticks = new Ticks(home.progress());
	}

	/**
	 * A lesson with its text.
	 *
	 * @param intro HTML
	 */
	record LessonPage(LessonEntry lesson, String intro, List<PageStep> steps) {
	}

	/**
	 * A step of a lesson.
	 *
	 * @param checkable whether {@code lab tour --check} can check it
	 */
	record PageStep(int number, String title, String html, boolean checkable, boolean done) {
	}

	@GetMapping
	List<LessonEntry> lessons(@RequestParam(name = "lang", defaultValue = "en") Messages messages) {
		return LessonEntry.all(Lessons.in(this.home.root(), messages), this.ticks);
	}

	@GetMapping("/{name}")
	LessonPage lesson(@PathVariable String name, @RequestParam(name = "lang", defaultValue = "en") Messages messages) {
		Lessons lessons = Lessons.in(this.home.root(), messages);
		Lesson lesson = lessons.find(name)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no lesson " + name + "."));
		List<String> sections = LessonHtml.sections(Lessons.markdown(this.home.root(), messages, lesson), messages);
		Set<Integer> done = this.ticks.steps(lesson);
		List<PageStep> steps = IntStream.rangeClosed(1, lesson.steps().size())
			.mapToObj((number) -> new PageStep(number, lesson.step(number).title(), sections.get(number),
					lesson.step(number).checkable(), done.contains(number)))
			.toList();
		return new LessonPage(LessonEntry.of(lesson, this.ticks), sections.get(0), steps);
	}

}
