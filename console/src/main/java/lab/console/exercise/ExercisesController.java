package lab.console.exercise;

import java.util.List;

import lab.console.lesson.Ticks;
import lab.console.process.LabHome;
import lab.console.terminal.Messages;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The exercises, and how far the learner is with them, for the page of the lessons.
 */
@RestController
public class ExercisesController {

	private final LabHome home;

	private final Ticks ticks;

	ExercisesController(LabHome home) {
		this.home = home;
		this.ticks = new Ticks(home.solvedExercises());
	}

	@GetMapping("/api/exercises")
	List<ExerciseEntry> exercises(@RequestParam(name = "lang", defaultValue = "en") Messages messages) {
		return Exercises.in(this.home, messages).entries(this.ticks);
	}

}
