package lab.console.lesson;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a lesson expects, and whether it was seen.
 *
 * @param expected the expectation as the lesson has it
 * @param seen the line that shows it; null where no line does
 * @param ok whether the expectation is met
 */
public record CheckResult(String expected, @Nullable String seen, boolean ok) {

	/**
	 * Whether no line may be as the lesson says.
	 */
	public boolean forbidden() {
		return this.expected.startsWith("!");
	}

}
