package lab.console.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How much a terminal shows at once. Java does not know; {@code stty} does.
 */
public record WindowSize(int height, int width) {

	private static final WindowSize USUAL = new WindowSize(24, 80);

	/**
	 * The size now: a window may be made larger at any time.
	 */
	public static WindowSize ofTerminal() {
		try {
			Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty"))
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			return of(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII), System.getenv());
		}
		catch (IOException ex) {
			return of("", System.getenv());
		}
	}

	/**
	 * @param told {@code ROWS COLUMNS}; anything else means that it is not known
	 */
	public static WindowSize of(String told, Map<String, String> environment) {
		String[] numbers = told.strip().split(" ");
		return new WindowSize(number(numbers[0], number(environment.get("LINES"), USUAL.height)),
				number(numbers[numbers.length - 1], number(environment.get("COLUMNS"), USUAL.width)));
	}

	private static int number(@Nullable String text, int otherwise) {
		return (text != null && text.matches("[1-9]\\d{0,3}")) ? Integer.parseInt(text) : otherwise;
	}

}
