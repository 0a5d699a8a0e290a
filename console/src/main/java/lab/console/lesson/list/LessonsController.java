package lab.console.lesson.list;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.Progress;
import lab.console.lesson.list.LessonHtml.Section;
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
 * The lessons for the page, read anew each time: who edits a lesson sees it, and a tick
 * is there as soon as a tour, in whichever terminal, has earned it.
 */
@RestController
@RequestMapping("/api/lessons")
public class LessonsController {

	private final LabHome home;

	private final Progress progress;

	LessonsController(LabHome home) {
		this.home = home;
		this.progress = new Progress(home.progress());
	}

	/**
	 * A lesson in full.
	 *
	 * @param intro HTML
	 */
	record Page(LessonEntry lesson, String intro, List<Step> steps) {
	}

	/**
	 * A step of it.
	 *
	 * @param checkable whether {@code lab tour --check} has something to look at
	 */
	record Step(int number, String title, String html, boolean checkable, boolean done) {
	}

	@GetMapping
	List<LessonEntry> lessons(@RequestParam(name = "lang", defaultValue = "en") Messages messages) {
		return LessonEntry.all(Lessons.in(this.home.root(), messages), this.progress);
	}

	@GetMapping("/{name}")
	Page lesson(@PathVariable String name, @RequestParam(name = "lang", defaultValue = "en") Messages messages) {
		Lessons lessons = Lessons.in(this.home.root(), messages);
		Lesson lesson = lessons.find(name)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no lesson " + name + "."));
		List<Section> sections = LessonHtml.sections(Lessons.markdown(this.home.root(), messages, lesson), messages);
		Set<Integer> done = this.progress.steps(lesson);
		List<Step> steps = IntStream.rangeClosed(1, lesson.steps().size())
			.mapToObj((number) -> new Step(number, lesson.step(number).title(), sections.get(number).html(),
					lesson.step(number).checkable(), done.contains(number)))
			.toList();
		return new Page(LessonEntry.of(lessons.all().indexOf(lesson) + 1, lesson, this.progress),
				sections.get(0).html(), steps);
	}

}
