package lab.console.watch.screen;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import lab.console.terminal.ControlCharacters;
import lab.console.terminal.DisplayWidth;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import lab.console.terminal.WindowSize;
import lab.console.watch.GroupView;
import lab.console.watch.screen.ViewText.ScreenRow;
import lab.console.watch.screen.ViewText.ScreenSection;

/**
 * Lays a view out in the lines of a terminal, no more and no wider than it has. Of a
 * large group the rows are left out that have nothing exceptional.
 */
final class Layout {

	/**
	 * From that many lines on there are blank ones, and the bars of the timeline.
	 */
	private static final int ROOMY = 30;

	private final Terminal terminal;

	private final Messages messages;

	private final ViewText text;

	Layout(Terminal terminal, Messages messages, ZoneId zone) {
		this.terminal = terminal;
		this.messages = messages;
		this.text = new ViewText(messages, zone);
	}

	List<String> lines(GroupView view, WindowSize size) {
		List<ScreenRow> rows = new ArrayList<>();
		folded(this.text.verdict(view), size.width())
			.forEach((line) -> rows.add(new ScreenRow(line, ViewText.style(view.verdict().level()))));
		this.text.last(view)
			.forEach((row) -> folded(row.text(), size.width())
				.forEach((line) -> rows.add(new ScreenRow(line, row.style()))));
		rows.addAll(this.text.facts(view));
		boolean roomy = size.height() >= ROOMY;
		List<ScreenSection> sections = this.text.sections(view, roomy);
		// the title, and a blank line where there is room
		int[] shares = shares(sections, size.height() - rows.size() - (roomy ? 2 : 1) * sections.size());
		for (int i = 0; i < sections.size(); i++) {
			if (shares[i] > 0) {
				if (roomy) {
					rows.add(new ScreenRow("", null));
				}
				rows.add(new ScreenRow(sections.get(i).title(), Style.BOLD));
				rows.addAll(sections.get(i).first(shares[i], this.messages));
			}
		}
		return rows.stream().limit(size.height()).map((row) -> line(row, size.width())).toList();
	}

	/**
	 * Gives the sections a line each in turn, so that a long one leaves room for the
	 * others.
	 */
	private static int[] shares(List<ScreenSection> sections, int height) {
		int[] shares = new int[sections.size()];
		int left = height;
		for (boolean given = true; given;) {
			given = false;
			for (int i = 0; i < shares.length; i++) {
				if (left > 0 && shares[i] < sections.get(i).rows().size()) {
					shares[i]++;
					left--;
					given = true;
				}
			}
		}
		return shares;
	}

	/**
	 * Cuts a row. Names from the cluster may contain control characters, and escape
	 * sequences too.
	 */
	private String line(ScreenRow row, int width) {
		String text = DisplayWidth.cut(ControlCharacters.visible(row.text().stripTrailing()), width);
		return (row.style() != null) ? this.terminal.style(row.style(), text) : text;
	}

	/**
	 * Breaks the text into lines of whole words, none of which is cut.
	 */
	private static List<String> folded(String text, int width) {
		List<String> lines = new ArrayList<>();
		String line = "";
		for (String word : text.split(" ")) {
			if (!line.isEmpty() && DisplayWidth.of(line + " " + word) > width) {
				lines.add(line);
				// under the words, beside the sign
				line = " ";
			}
			line = line.isEmpty() ? word : line + " " + word;
		}
		lines.add(line);
		return lines;
	}

}
