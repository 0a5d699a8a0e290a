/**
 * Lessons: Markdown that people read and the tour runs and checks.
 */
@NullMarked
package lab.console.lesson;

import org.jspecify.annotations.NullMarked;
