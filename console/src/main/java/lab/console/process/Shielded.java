package lab.console.process;

import java.util.List;
import java.util.stream.Stream;

/**
 * Commands that ignore the terminal's Ctrl-C and hang-up, so that the command that starts
 * one can stop it in order.
 */
public final class Shielded {

	private Shielded() {
	}

	public static List<String> command(List<String> command) {
		return Stream.concat(Stream.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "lab"), command.stream()).toList();
	}

}
