/**
 * Tells the progress of a tour, in the terminal or as JSON.
 */
@NullMarked
package lab.console.lesson.report;

import org.jspecify.annotations.NullMarked;
