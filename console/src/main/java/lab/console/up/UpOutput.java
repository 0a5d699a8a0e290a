package lab.console.up;

import lab.console.terminal.Json;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import lab.console.up.LogFollower.LogLine;

/**
 * Prints what {@code lab up} itself says, between the lines of the instances' logs.
 */
record UpOutput(Terminal terminal, boolean json) {

	void say(Style style, String text) {
		text.lines()
			.forEach((line) -> this.terminal.println(this.json ? Json.line(new LogLine("lab", line))
					: this.terminal.style(style, "lab      | " + line)));
	}

}
