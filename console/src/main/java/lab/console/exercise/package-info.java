/**
 * The exercises: something that is broken, which a learner mends. {@code lab exercise}
 * copies its files for the learner, and checks them by running the exercise's page as a
 * tour.
 */
@NullMarked
package lab.console.exercise;

import org.jspecify.annotations.NullMarked;
