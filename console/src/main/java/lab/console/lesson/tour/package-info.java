/**
 * Runs a lesson's blocks in a shell and checks their output.
 */
@NullMarked
package lab.console.lesson.tour;

import org.jspecify.annotations.NullMarked;
