package lab.console.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes control characters visible, so that no text from outside, such as a client.id,
 * can move the cursor, change the title of the window or hide what follows.
 */
final class ControlCharacters {

	private static final Pattern STYLED = Pattern.compile("(\033\\[\\d+m)(.*)(\033\\[0m)", Pattern.DOTALL);

	private static final int PICTURES = 0x2400;

	private static final char REPLACEMENT = '\uFFFD';

	private ControlCharacters() {
	}

	/**
	 * The text with a picture such as ␛ for each control character, and for each that
	 * changes the direction of writing. The style of a text that has one as a whole is
	 * left.
	 */
	static String visible(String text) {
		Matcher styled = STYLED.matcher(text);
		return styled.matches() ? styled.group(1) + pictures(styled.group(2)) + styled.group(3) : pictures(text);
	}

	private static String pictures(String text) {
		StringBuilder visible = new StringBuilder(text.length());
		text.chars().forEach((character) -> visible.append(picture((char) character)));
		return visible.toString();
	}

	private static char picture(char character) {
		if (character < ' ') {
			return (char) (PICTURES + character);
		}
		boolean hidden = character >= '\u007F' && character <= '\u009F'
				|| character >= '\u202A' && character <= '\u202E' || character >= '\u2066' && character <= '\u2069';
		return hidden ? REPLACEMENT : character;
	}

}
