package lab.console.lesson;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/**
 * The text of a Markdown node without its markup, on one line.
 */
public final class PlainText extends AbstractVisitor {

	private final StringBuilder text = new StringBuilder();

	private PlainText() {
	}

	public static String of(Node node) {
		PlainText visitor = new PlainText();
		node.accept(visitor);
		return visitor.text.toString().strip();
	}

	@Override
	public void visit(Text text) {
		this.text.append(text.getLiteral());
	}

	@Override
	public void visit(Code code) {
		this.text.append(code.getLiteral());
	}

	@Override
	public void visit(SoftLineBreak lineBreak) {
		this.text.append(' ');
	}

	@Override
	public void visit(HardLineBreak lineBreak) {
		this.text.append(' ');
	}

}
