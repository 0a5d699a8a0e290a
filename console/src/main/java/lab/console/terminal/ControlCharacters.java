package lab.console.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes control characters visible, so that no text from outside, such as a client.id,
 * can move the cursor, change the title of the window or hide what follows.
 */
public final class ControlCharacters {

	private static final Pattern STYLED = Pattern.compile("(\033\\[\\d+m)(.*)(\033\\[0m)", Pattern.DOTALL);

	private static final int PICTURES = 0x2400;

	private static final char REPLACEMENT = '\uFFFD';

	private ControlCharacters() {
	}

	/**
	 * The text with a picture such as ␛ for each control character, line ends and tabs
	 * too, and for each that changes the direction of writing. The style of a text that
	 * has one as a whole is left.
	 */
	public static String visible(String text) {
		return visible(text, "");
	}

	/**
	 * The text as {@link #visible(String)} returns it, with its tabs as they are.
	 */
	static String visibleButTabs(String text) {
		return visible(text, "\t");
	}

	private static String visible(String text, String kept) {
		Matcher styled = STYLED.matcher(text);
		return styled.matches() ? styled.group(1) + pictures(styled.group(2), kept) + styled.group(3)
				: pictures(text, kept);
	}

	private static String pictures(String text, String kept) {
		StringBuilder visible = new StringBuilder(text.length());
		text.chars()
			.forEach((character) -> visible
				.append((kept.indexOf(character) >= 0) ? (char) character : picture((char) character)));
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
