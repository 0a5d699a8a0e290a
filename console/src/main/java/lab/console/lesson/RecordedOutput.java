package lab.console.lesson;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a block printed when {@code lab lessons update} last ran it: the {@code output}
 * block below it.
 *
 * @param lines empty where nothing was printed or recorded
 * @param after the line of the file below which the {@code output} block stands or would
 * stand, from 1
 * @param last the last line of the {@code output} block; {@code after} where there is
 * none
 */
public record RecordedOutput(List<String> lines, int after, int last) {

	/**
	 * Stands for lines that are left out.
	 */
	public static final String LEFT_OUT = "…";

	/**
	 * What differs from run to run: identifiers as Kafka and Java write them, the days of
	 * HTTP, and numbers with their unit of time. A hyphen within a word is not the sign
	 * of a number: it may precede an identifier.
	 */
	private static final Pattern VARIABLE = Pattern
		.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}|(?<![\\w-])[\\w-]{22}(?![\\w-])"
				+ "|(?<!\\w)\\p{XDigit}{8,}(?!\\w)|\\b[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4}\\b"
				+ "|((?<!\\w)-)?\\d+([.,:]\\d+)*([smhd]\\b)?");

	/**
	 * Returns the recorded lines that no line of the output looks like: numbers,
	 * identifiers and the width of columns may differ.
	 */
	public List<String> missingFrom(List<String> output) {
		Set<String> shapes = output.stream().map(RecordedOutput::shape).collect(Collectors.toSet());
		return this.lines.stream().filter((line) -> !line.equals(LEFT_OUT) && !shapes.contains(shape(line))).toList();
	}

	private static String shape(String line) {
		return VARIABLE.matcher(line).replaceAll("0").replaceAll("\\s+", " ").strip();
	}

}
