package lab.console.watch.screen;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

import lombok.RequiredArgsConstructor;

/**
 * Draws on the alternate screen of a terminal, so that the terminal shows afterwards what
 * it showed before.
 */
@RequiredArgsConstructor
final class Screen {

	private static final String CSI = "\033[";

	/** The alternate screen, no cursor, no wrapping of long lines. */
	private static final String ENTER = CSI + "?1049h" + CSI + "?25l" + CSI + "?7l";

	private static final String LEAVE = CSI + "?7h" + CSI + "?25h" + CSI + "?1049l";

	private static final String HOME = CSI + "H";

	private static final String CLEAR_LINE = CSI + "K";

	private static final String CLEAR_BELOW = CSI + "J";

	private final PrintStream out;

	private boolean entered;

	private boolean left;

	/**
	 * Shows these lines and nothing else; written at once, so that nothing flickers.
	 */
	synchronized void draw(List<String> lines) {
		if (this.left) {
			return;
		}
		this.out.print((this.entered ? "" : ENTER) + HOME
				+ lines.stream().collect(Collectors.joining(CLEAR_LINE + "\n", "", CLEAR_LINE)) + CLEAR_BELOW);
		this.out.flush();
		this.entered = true;
	}

	/**
	 * Leaves the alternate screen; nothing is drawn from then on.
	 */
	synchronized void leave() {
		if (this.entered && !this.left) {
			this.out.print(LEAVE);
			this.out.flush();
		}
		this.left = true;
	}

}
