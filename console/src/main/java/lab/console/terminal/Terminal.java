package lab.console.terminal;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a command prints. Colors are used on a terminal only, and not if {@code NO_COLOR}
 * is set.
 *
 * @param out where results go
 * @param interactive whether a person can be asked: input and output are a terminal
 * @param coloured whether escape sequences can be printed
 */
public record Terminal(PrintStream out, boolean interactive, boolean coloured) {

	private static final Pattern ESCAPE_SEQUENCE = Pattern.compile("\033\\[[0-9;?]*[A-Za-z]");

	/**
	 * Styles from the terminal's own sixteen colors, so that they follow its theme.
	 */
	public enum Style {

		BOLD("1"), DIM("2"), RED("31"), GREEN("32"), YELLOW("33"), BLUE("34"), MAGENTA("35"), CYAN("36");

		private final String code;

		Style(String code) {
			this.code = code;
		}

	}

	/**
	 * The terminal this process was started on. {@code lab}, the launcher, says in
	 * {@code LAB_TTY} whether standard output and input are one, because Java 17 and 25
	 * answer that question differently.
	 */
	public static Terminal ofProcess() {
		Map<String, String> environment = System.getenv();
		String tty = environment.getOrDefault("LAB_TTY", "");
		boolean noColor = !environment.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(environment.get("TERM"));
		return new Terminal(System.out, tty.contains("in") && tty.contains("out"), tty.contains("out") && !noColor);
	}

	/**
	 * What a person types.
	 */
	public static BufferedReader keyboard() {
		return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
	}

	/**
	 * Standard output for what draws on the screen: {@link SafeOutput} does not let the
	 * sequences for that pass, so no other text may be printed here.
	 */
	public static PrintStream screen() {
		return new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
	}

	/**
	 * The text in that style if the terminal has colors, otherwise unchanged.
	 */
	public String style(Style style, String text) {
		return this.coloured ? "\033[" + style.code + "m" + text + "\033[0m" : text;
	}

	/**
	 * The text without escape sequences.
	 */
	public static String plain(String text) {
		return ESCAPE_SEQUENCE.matcher(text).replaceAll("");
	}

	public void println(String line) {
		this.out.println(line);
	}

}
