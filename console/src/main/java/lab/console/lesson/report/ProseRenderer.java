package lab.console.lesson.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import lab.console.lesson.PlainText;
import lab.console.terminal.DisplayWidth;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import lombok.RequiredArgsConstructor;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/**
 * Renders Markdown for a terminal: wrapped between words at a width, bold and code in the
 * terminal's styles.
 */
@RequiredArgsConstructor
final class ProseRenderer {

	private final Terminal terminal;

	List<String> render(Collection<Node> nodes, int width) {
		List<String> lines = new ArrayList<>();
		for (Node node : nodes) {
			if (!lines.isEmpty()) {
				lines.add("");
			}
			lines.addAll(render(node, width));
		}
		return lines;
	}

	List<String> render(Node node, int width) {
		if (node instanceof Paragraph || node instanceof Heading) {
			return new Words(node instanceof Heading ? Style.BOLD : null).wrap(node, width);
		}
		if (node instanceof FencedCodeBlock code) {
			return code.getLiteral().lines().map((line) -> this.terminal.style(Style.CYAN, "    " + line)).toList();
		}
		if (node instanceof BlockQuote) {
			return indent("│ ", "│ ", render(children(node), width - 2));
		}
		if (node instanceof ListBlock list) {
			return list(list, width);
		}
		return List.of(PlainText.of(node));
	}

	private List<String> list(ListBlock list, int width) {
		List<String> lines = new ArrayList<>();
		int number = (list instanceof OrderedList ordered && ordered.getMarkerStartNumber() != null)
				? ordered.getMarkerStartNumber() : 1;
		for (Node item : children(list)) {
			if (item instanceof ListItem) {
				String mark = (list instanceof OrderedList) ? number++ + ". " : "• ";
				List<String> text = children(item).stream()
					.flatMap((child) -> render(child, width - mark.length()).stream())
					.toList();
				lines.addAll(indent(mark, " ".repeat(mark.length()), text));
			}
		}
		return lines;
	}

	private static List<Node> children(Node node) {
		return Stream.iterate(node.getFirstChild(), (child) -> child != null, Node::getNext).toList();
	}

	private static List<String> indent(String first, String others, List<String> lines) {
		List<String> indented = new ArrayList<>();
		for (String line : lines) {
			indented.add((indented.isEmpty() ? first : others) + line);
		}
		return indented;
	}

	/**
	 * Collects the words of one paragraph into lines. The width of a word is counted
	 * apart from its text, which may contain escape sequences.
	 */
	private final class Words extends AbstractVisitor {

		private final List<String> lines = new ArrayList<>();

		private final StringBuilder line = new StringBuilder();

		private final StringBuilder word = new StringBuilder();

		private int lineWidth;

		private int wordWidth;

		private int width;

		private @Nullable Style style;

		Words(@Nullable Style style) {
			this.style = style;
		}

		List<String> wrap(Node paragraph, int width) {
			this.width = width;
			visitChildren(paragraph);
			endLine();
			return this.lines;
		}

		@Override
		public void visit(Text text) {
			add(text.getLiteral());
		}

		@Override
		public void visit(Code code) {
			styled(Style.CYAN, () -> add(code.getLiteral()));
		}

		@Override
		public void visit(StrongEmphasis strong) {
			styled(Style.BOLD, () -> visitChildren(strong));
		}

		@Override
		public void visit(Link link) {
			visitChildren(link);
			if (link.getDestination().startsWith("http") && !PlainText.of(link).equals(link.getDestination())) {
				add(" (" + link.getDestination() + ")");
			}
		}

		@Override
		public void visit(SoftLineBreak lineBreak) {
			endWord();
		}

		@Override
		public void visit(HardLineBreak lineBreak) {
			endLine();
		}

		private void styled(Style style, Runnable content) {
			Style outer = this.style;
			this.style = style;
			content.run();
			this.style = outer;
		}

		private void add(String text) {
			String[] parts = text.split("\\s", -1);
			for (int i = 0; i < parts.length; i++) {
				if (i > 0) {
					endWord();
				}
				if (!parts[i].isEmpty()) {
					this.word.append(
							(this.style != null) ? ProseRenderer.this.terminal.style(this.style, parts[i]) : parts[i]);
					this.wordWidth += DisplayWidth.of(parts[i]);
				}
			}
		}

		private void endWord() {
			if (this.wordWidth == 0) {
				return;
			}
			if (this.lineWidth > 0 && this.lineWidth + 1 + this.wordWidth > this.width) {
				breakLine();
			}
			if (this.lineWidth > 0) {
				this.line.append(' ');
				this.lineWidth++;
			}
			this.line.append(this.word);
			this.lineWidth += this.wordWidth;
			this.word.setLength(0);
			this.wordWidth = 0;
		}

		private void endLine() {
			endWord();
			if (this.lineWidth > 0) {
				breakLine();
			}
		}

		private void breakLine() {
			this.lines.add(this.line.toString());
			this.line.setLength(0);
			this.lineWidth = 0;
		}

	}

}
