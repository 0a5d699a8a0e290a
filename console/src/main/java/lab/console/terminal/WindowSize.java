package lab.console.terminal;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;

import lab.console.process.ProgramRun;
import org.jspecify.annotations.Nullable;

/**
 * The size of the terminal in characters, as {@code stty} prints it.
 */
public record WindowSize(int height, int width) {

	private static final WindowSize DEFAULT = new WindowSize(24, 80);

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	/**
	 * The size now, because a window can be resized at any time.
	 */
	public static WindowSize ofTerminal() {
		return of(stty(Redirect.from(new File("/dev/tty"))), System.getenv());
	}

	/**
	 * The width of the terminal that is this process's standard input, if it is one.
	 */
	public static OptionalInt widthOfInput() {
		int width = of(stty(Redirect.INHERIT), Map.of("COLUMNS", "1")).width;
		return (width > 1) ? OptionalInt.of(width) : OptionalInt.empty();
	}

	private static String stty(Redirect terminal) {
		try {
			return ProgramRun.of(new ProcessBuilder("stty", "size").redirectInput(terminal), TIMEOUT).output();
		}
		catch (IOException | TimeoutException ex) {
			return "";
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "";
		}
	}

	/**
	 * @param told {@code ROWS COLUMNS}, or anything else where the size is not known
	 * @param environment its {@code LINES} and {@code COLUMNS} are used then
	 */
	public static WindowSize of(String told, Map<String, String> environment) {
		String[] numbers = told.strip().split(" ");
		return new WindowSize(number(numbers[0], number(environment.get("LINES"), DEFAULT.height)),
				number(numbers[numbers.length - 1], number(environment.get("COLUMNS"), DEFAULT.width)));
	}

	private static int number(@Nullable String text, int otherwise) {
		return (text != null && text.matches("[1-9]\\d{0,3}")) ? Integer.parseInt(text) : otherwise;
	}

}
