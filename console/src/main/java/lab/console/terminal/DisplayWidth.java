package lab.console.terminal;

/**
 * The width of text in a terminal's columns: Hangul, other wide scripts and emoji take
 * two columns, escape sequences none.
 */
public final class DisplayWidth {

	/**
	 * Ranges of wide code points, first and last, from Unicode's East Asian Width;
	 * without those that terminals treat differently.
	 */
	private static final int[][] WIDE = { { 0x1100, 0x115F }, { 0x2E80, 0x303E }, { 0x3041, 0xA4CF },
			{ 0xA960, 0xA97F }, { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF }, { 0xFE30, 0xFE6F }, { 0xFF00, 0xFF60 },
			{ 0xFFE0, 0xFFE6 }, { 0x1F300, 0x1F64F }, { 0x1F680, 0x1F6FF }, { 0x1F900, 0x1FAFF },
			{ 0x20000, 0x3FFFD } };

	private DisplayWidth() {
	}

	public static int of(String text) {
		return Terminal.plain(text).codePoints().map(DisplayWidth::of).sum();
	}

	/**
	 * The text padded with spaces to that width.
	 */
	public static String pad(String text, int width) {
		return text + " ".repeat(Math.max(0, width - of(text)));
	}

	/**
	 * The text, cut and ended with an ellipsis if it is wider than that.
	 */
	public static String cut(String text, int width) {
		if (of(text) <= width) {
			return text;
		}
		StringBuilder cut = new StringBuilder();
		int used = 1;
		for (int codePoint : text.codePoints().toArray()) {
			used += of(codePoint);
			if (used > width) {
				break;
			}
			cut.appendCodePoint(codePoint);
		}
		return cut.append('…').toString();
	}

	private static int of(int codePoint) {
		int type = Character.getType(codePoint);
		if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT
				|| type == Character.CONTROL) {
			return 0;
		}
		for (int[] range : WIDE) {
			if (codePoint >= range[0] && codePoint <= range[1]) {
				return 2;
			}
		}
		return 1;
	}

}
