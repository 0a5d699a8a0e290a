/**
 * Reports a tour while it runs, in the terminal or as JSON.
 */
@NullMarked
package lab.console.lesson.report;

import org.jspecify.annotations.NullMarked;
