package lab.console.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Columns as wide as what stands in them, two spaces apart.
 */
public final class Table {

	private static final Pattern ESCAPES = Pattern.compile("\033\\[[0-9]*m");

	private final List<List<String>> rows = new ArrayList<>();

	public Table(String... titles) {
		this.rows.add(List.of(titles));
	}

	public void row(Object... cells) {
		this.rows.add(Stream.of(cells).map(String::valueOf).toList());
	}

	public void print(PrintStream out) {
		for (List<String> row : this.rows) {
			StringBuilder line = new StringBuilder();
			for (int column = 0; column < row.size(); column++) {
				line.append(row.get(column)).append(" ".repeat(widthOf(column) - width(row.get(column)) + 2));
			}
			out.println(line.toString().stripTrailing());
		}
	}

	private int widthOf(int column) {
		return this.rows.stream().mapToInt((row) -> width(row.get(column))).max().orElse(0);
	}

	/**
	 * How many columns of a terminal the text takes: Korean takes two a letter, a colour
	 * takes none.
	 */
	public static int width(String text) {
		return ESCAPES.matcher(text).replaceAll("").codePoints().map((point) -> wide(point) ? 2 : 1).sum();
	}

	private static boolean wide(int point) {
		return switch (Character.UnicodeScript.of(point)) {
			case HANGUL, HAN, HIRAGANA, KATAKANA -> true;
			default -> point >= 0x1F300;
		};
	}

}
