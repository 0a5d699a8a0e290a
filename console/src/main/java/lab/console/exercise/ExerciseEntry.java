package lab.console.exercise;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import lab.console.exercise.Exercise.ExerciseState;

/**
 * An exercise in a list.
 */
record ExerciseEntry(String name, ExerciseState state, String title) {

	/**
	 * Returns the one to go on with: the first that was begun and is not solved, else the
	 * first that was not begun, if there is one.
	 */
	static Optional<ExerciseEntry> next(List<ExerciseEntry> entries) {
		return Stream.of(ExerciseState.BEGUN, ExerciseState.OPEN)
			.flatMap((state) -> entries.stream().filter((entry) -> entry.state() == state))
			.findFirst();
	}

}
