package lab.console.lesson;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import lab.console.lesson.report.Check;

/**
 * What an output must show, line by line of an {@code expect} block.
 *
 * @param within how long it may take until all is seen; zero: now
 */
public record Expectation(List<Expected> lines, Duration within) {

	public List<Check> check(List<String> output) {
		return this.lines.stream().map((line) -> line.check(output)).toList();
	}

	/**
	 * One line that must be seen, or must not.
	 *
	 * @param text as it stands in the lesson
	 * @param pattern what to look for in a line of the output
	 * @param forbidden whether no line may show it
	 */
	public record Expected(String text, Pattern pattern, boolean forbidden) {

		/**
		 * Reads {@code text}, {@code /regular expression/}, and either after {@code !}.
		 * In plain text a space stands for any run of blanks: Kafka's tables align their
		 * columns.
		 * @throws java.util.regex.PatternSyntaxException if the regular expression is
		 * none
		 */
		static Expected of(String text) {
			boolean forbidden = text.startsWith("!");
			String wanted = (forbidden ? text.substring(1) : text).strip();
			boolean regex = wanted.length() > 2 && wanted.startsWith("/") && wanted.endsWith("/");
			Pattern pattern = regex ? Pattern.compile(wanted.substring(1, wanted.length() - 1))
					: Pattern.compile(Pattern.quote(wanted).replaceAll("\\s+", "\\\\E\\\\s+\\\\Q"));
			return new Expected(text, pattern, forbidden);
		}

		public Check check(List<String> output) {
			String seen = output.stream().filter((line) -> this.pattern.matcher(line).find()).findFirst().orElse(null);
			return new Check(this.text, seen, (seen == null) == this.forbidden);
		}

	}

}
