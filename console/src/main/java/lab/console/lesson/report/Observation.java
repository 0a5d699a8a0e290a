package lab.console.lesson.report;

import java.time.Duration;
import java.util.List;

import lab.console.lesson.CheckResult;

/**
 * The output of a block and the results of its checks.
 *
 * @param command the script that was run, or the service whose log was read
 * @param source what printed the output
 */
public record Observation(String command, List<String> output, Source source, List<CheckResult> checks, Duration took) {

	/**
	 * What printed an output: that of a command is shown in full, of a service's log only
	 * the lines that were expected.
	 */
	public enum Source {

		COMMAND, SERVICE

	}

	public boolean ok() {
		return this.checks.stream().allMatch(CheckResult::ok);
	}

}
