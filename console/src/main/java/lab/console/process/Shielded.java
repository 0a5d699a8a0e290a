package lab.console.process;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Commands that the terminal's Ctrl-C and hang-up do not reach: whoever starts one stops
 * it, in order.
 */
public final class Shielded {

	private Shielded() {
	}

	/**
	 * The Java that this process runs on.
	 */
	public static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	public static List<String> command(List<String> command) {
		return Stream.concat(Stream.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "lab"), command.stream()).toList();
	}

}
