package lab.console.exercise;

import lab.console.exercise.Exercise.ExerciseState;

/**
 * An exercise in a list.
 */
record ExerciseEntry(String name, ExerciseState state, String title) {
}
