/**
 * A page on a teacher's machine with the ticks of a class, and with who is stuck, as the
 * learners' tours report them. {@link lab.console.lesson.ProgressReport} is what they
 * send.
 */
@NullMarked
package lab.console.classroom;

import org.jspecify.annotations.NullMarked;
