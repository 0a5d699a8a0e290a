package lab.console.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table for the terminal: each column is as wide as its longest cell, two spaces apart.
 */
public final class Table {

	private static final int GAP = 2;

	private final List<List<String>> rows = new ArrayList<>();

	public Table(String... titles) {
		this.rows.add(List.of(titles));
	}

	public void row(Object... cells) {
		this.rows.add(Stream.of(cells).map(String::valueOf).map(ControlCharacters::visible).toList());
	}

	/**
	 * Drops a column whose cells are all empty.
	 * @param nothing the text of an empty cell
	 */
	public Table without(String title, String nothing) {
		int column = this.rows.get(0).indexOf(title);
		if (this.rows.stream().skip(1).allMatch((row) -> row.get(column).equals(nothing))) {
			this.rows.replaceAll((row) -> {
				List<String> rest = new ArrayList<>(row);
				rest.remove(column);
				return List.copyOf(rest);
			});
		}
		return this;
	}

	public void print(PrintStream out) {
		lines().forEach(out::println);
	}

	/**
	 * The line of titles and a line for each row.
	 */
	public List<String> lines() {
		int[] widths = IntStream.range(0, this.rows.get(0).size()).map(this::widthOf).toArray();
		return this.rows.stream().map((row) -> line(row, widths)).toList();
	}

	private static String line(List<String> row, int[] widths) {
		StringBuilder line = new StringBuilder();
		for (int column = 0; column < row.size(); column++) {
			line.append(DisplayWidth.pad(row.get(column), widths[column] + GAP));
		}
		return line.toString().stripTrailing();
	}

	private int widthOf(int column) {
		return this.rows.stream().mapToInt((row) -> DisplayWidth.of(row.get(column))).max().orElse(0);
	}

}
