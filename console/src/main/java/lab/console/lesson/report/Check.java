package lab.console.lesson.report;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a lesson claims, and whether it was so.
 *
 * @param seen the line that shows it, where there is one
 */
public record Check(String expected, @Nullable String seen, boolean ok) {
}
