package lab.console.lesson;

import java.util.List;
import java.util.stream.IntStream;

import lab.console.lesson.LessonHtml.Section;
import lab.console.lesson.Progress.State;
import lab.console.terminal.LabHome;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;

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
class LessonsController {

	private final LabHome home;

	private final Progress progress;

	LessonsController(LabHome home) {
		this.home = home;
		this.progress = new Progress(home.progress());
	}

	/**
	 * A lesson and how far the learner is with it.
	 *
	 * @param done how many of its steps
	 */
	record Entry(int number, String name, String title, int minutes, int steps, int done, State state) {
	}

	/**
	 * A lesson in full.
	 *
	 * @param intro HTML
	 */
	record Page(Entry lesson, String intro, List<Step> steps) {
	}

	/**
	 * A step of it.
	 *
	 * @param checkable whether {@code lab tour --check} has something to look at
	 */
	record Step(int number, String title, String html, boolean checkable, boolean done) {
	}

	@GetMapping
	List<Entry> lessons(@RequestParam(defaultValue = "en") String lang) {
		return entries(lessons(messages(lang)));
	}

	@GetMapping("/{name}")
	Page lesson(@PathVariable String name, @RequestParam(defaultValue = "en") String lang) {
		Messages messages = messages(lang);
		Lessons lessons = lessons(messages);
		Lesson lesson = lessons.find(name)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no lesson " + name + "."));
		List<Section> sections = LessonHtml.sections(Lessons.markdown(this.home.root(), messages, lesson), messages);
		List<Step> steps = IntStream.rangeClosed(1, lesson.steps().size())
			.mapToObj((number) -> new Step(number, lesson.step(number).title(), sections.get(number).html(),
					lesson.step(number).checkable(), this.progress.steps(lesson).contains(number)))
			.toList();
		return new Page(entries(lessons).get(lessons.all().indexOf(lesson)), sections.get(0).html(), steps);
	}

	private static Messages messages(String lang) {
		return Messages.in(lang.equals(Language.KO.code()) ? Language.KO : Language.EN);
	}

	private Lessons lessons(Messages messages) {
		return Lessons.in(this.home.root(), messages);
	}

	private List<Entry> entries(Lessons lessons) {
		return IntStream.range(0, lessons.all().size()).mapToObj((i) -> entry(i + 1, lessons.all().get(i))).toList();
	}

	private Entry entry(int number, Lesson lesson) {
		return new Entry(number, Lessons.shortName(lesson), lesson.title(), lesson.minutes(), lesson.steps().size(),
				this.progress.steps(lesson).size(), this.progress.state(lesson));
	}

}
