package lab.console.lesson;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines of an {@code expect} block, which an output must show.
 *
 * @param within how long it may take until all are seen; zero to check once
 * @param isCheck whether {@code lab tour --check} looks at the output again
 */
public record Expectation(List<Expected> lines, Duration within, boolean isCheck) {

	/**
	 * Checks the output, with one result for each expected line.
	 */
	public List<CheckResult> check(List<String> output) {
		return this.lines.stream().map((line) -> line.check(output)).toList();
	}

	/**
	 * Whether the checks are settled: all are met, or the output has a line that it must
	 * not have, which more output does not change.
	 */
	public boolean isSettled(List<String> output) {
		List<CheckResult> checks = check(output);
		return checks.stream().allMatch(CheckResult::ok)
				|| checks.stream().anyMatch((check) -> !check.ok() && check.seen() != null);
	}

	/**
	 * A line that the output must show, or must not.
	 *
	 * @param text the line of the lesson
	 * @param pattern what a line of the output is searched for
	 * @param forbidden whether no line may match
	 */
	public record Expected(String text, Pattern pattern, boolean forbidden) {

		/**
		 * Parses {@code text} or {@code /regular expression/}; {@code !} before either
		 * forbids it. In plain text a space matches any number of blanks, because Kafka's
		 * tables align their columns.
		 * @throws java.util.regex.PatternSyntaxException if the regular expression has an
		 * error
		 */
		static Expected of(String text) {
			boolean forbidden = text.startsWith("!");
			String wanted = (forbidden ? text.substring(1) : text).strip();
			boolean regex = wanted.length() > 2 && wanted.startsWith("/") && wanted.endsWith("/");
			Pattern pattern = regex ? Pattern.compile(wanted.substring(1, wanted.length() - 1))
					: Pattern.compile(Pattern.quote(wanted).replaceAll("\\s+", "\\\\E\\\\s+\\\\Q"));
			return new Expected(text, pattern, forbidden);
		}

		public CheckResult check(List<String> output) {
			String seen = output.stream().filter((line) -> this.pattern.matcher(line).find()).findFirst().orElse(null);
			return new CheckResult(this.text, seen, (seen == null) == this.forbidden);
		}

	}

}
