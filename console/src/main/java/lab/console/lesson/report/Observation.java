package lab.console.lesson.report;

import java.time.Duration;
import java.util.List;

/**
 * What a block of a step showed.
 *
 * @param command what was run, or whose terminal was looked at
 * @param source whose output it is
 */
public record Observation(String command, List<String> output, Source source, List<Check> checks, Duration took) {

	/**
	 * Of a command all is worth showing, of a program that goes on only what was looked
	 * for.
	 */
	public enum Source {

		COMMAND, SERVICE

	}

	public boolean ok() {
		return this.checks.stream().allMatch(Check::ok);
	}

}
