package lab.console.rail;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import lab.console.lesson.BoardTask;
import lab.console.lesson.Lesson;
import lab.console.lesson.Lessons;
import lab.console.lesson.list.LessonHtml;
import lab.console.process.LabHome;
import lab.console.rail.Walk.Progress;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The lessons that can be done on the board, and how far the learner is with one.
 */
@RestController
@RequestMapping("/api/rails/{name}")
@RequiredArgsConstructor
public class RailController {

	private final LabHome home;

	private final Rails rails;

	/**
	 * A lesson on the board. All texts of its tasks are HTML.
	 *
	 * @param others the names and titles of all lessons that can be done on the board
	 */
	record Rail(String name, int number, String title, List<RailStep> steps, List<TaskText> tasks,
			List<RailLink> others) {
	}

	/**
	 * A step with a task.
	 */
	record RailStep(int number, String title) {
	}

	/**
	 * Leads to the rail of a lesson.
	 */
	record RailLink(String name, int number, String title) {

		private static RailLink to(Lesson lesson) {
			return new RailLink(Lessons.shortName(lesson), lesson.number(), lesson.title());
		}

	}

	/**
	 * A task.
	 *
	 * @param step the number of its step, from 1
	 * @param question empty where nothing is asked
	 * @param right the number of the right choice, from 0; -1 where nothing is asked
	 * @param reason why it is right
	 * @param needs what to do where what it needs does not hold, in their order
	 */
	record TaskText(int step, String question, List<String> choices, int right, String reason, List<String> needs,
			List<InstructionText> instructions) {

		private static TaskText of(RailTask task, Messages messages) {
			BoardTask board = task.task();
			return new TaskText(task.step(),
					(task.question() != null) ? LessonHtml.inside(task.question(), messages) : "",
					board.choices().stream().map((choice) -> LessonHtml.inline(choice.text(), messages)).toList(),
					IntStream.range(0, board.choices().size())
						.filter((choice) -> board.choices().get(choice).right())
						.findFirst()
						.orElse(-1),
					LessonHtml.of(task.reason(), messages),
					board.needs().stream().map((need) -> LessonHtml.inline(need.advice(), messages)).toList(),
					board.instructions()
						.stream()
						.map((next) -> new InstructionText(next.target(), LessonHtml.inline(next.text(), messages)))
						.toList());
		}

	}

	/**
	 * An instruction.
	 *
	 * @param target the button to press, such as {@code send 10}; null where there is
	 * none
	 */
	record InstructionText(@Nullable String target, String text) {
	}

	/**
	 * The answer to a task's question; both count from 0.
	 */
	record ChosenAnswer(int task, int answer) {
	}

	@GetMapping
	Rail rail(@PathVariable String name, @RequestParam(name = "lang", defaultValue = "en") Messages messages) {
		Lessons lessons = Lessons.in(this.home.root(), messages);
		Lesson lesson = find(lessons, name);
		return new Rail(Lessons.shortName(lesson), lesson.number(), lesson.title(),
				IntStream.rangeClosed(1, lesson.steps().size())
					.filter((number) -> lesson.step(number).onBoard())
					.mapToObj((number) -> new RailStep(number, lesson.step(number).title()))
					.toList(),
				RailTask.of(lesson).stream().map((task) -> TaskText.of(task, messages)).toList(),
				lessons.all().stream().filter(Lesson::onBoard).map(RailLink::to).toList());
	}

	@GetMapping("/progress")
	Progress progress(@PathVariable String name, @RequestParam(name = "lang", defaultValue = "en") Messages messages) {
		return this.rails.progress(name, lesson(name, messages));
	}

	@PostMapping("/answer")
	Progress answer(@PathVariable String name, @RequestBody ChosenAnswer chosen,
			@RequestParam(name = "lang", defaultValue = "en") Messages messages) {
		return this.rails.answer(name, lesson(name, messages), chosen.task(), chosen.answer());
	}

	/**
	 * Begins with the first step again.
	 */
	@PostMapping("/again")
	Progress again(@PathVariable String name, @RequestParam(name = "lang", defaultValue = "en") Messages messages) {
		return this.rails.again(name, lesson(name, messages));
	}

	private Supplier<Lesson> lesson(String name, Messages messages) {
		return () -> find(Lessons.in(this.home.root(), messages), name);
	}

	private static Lesson find(Lessons lessons, String name) {
		return lessons.find(name)
			.filter(Lesson::onBoard)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"There is no lesson " + name + " on the board."));
	}

}
