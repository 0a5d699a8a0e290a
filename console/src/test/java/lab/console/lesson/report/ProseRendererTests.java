package lab.console.lesson.report;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

import lab.console.terminal.DisplayWidth;
import lab.console.terminal.Terminal;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prose fits the terminal, in Korean too.
 */
class ProseRendererTests {

	@Test
	void wrapsBetweenWords() {
		assertThat(render("one two three\nfour", 9, false)).containsExactly("one two", "three", "four");
		assertThat(render("exact fit", 9, false)).containsExactly("exact fit");
		assertThat(render("a averylongword b", 5, false)).containsExactly("a", "averylongword", "b");
	}

	@Test
	void countsKoreanAsTwoColumns() {
		assertThat(render("카프카 그룹 abc", 11, false)).containsExactly("카프카 그룹", "abc");
		assertThat(render("카프카 그룹 abc", 10, false)).containsExactly("카프카", "그룹 abc");
		assertThat(DisplayWidth.of("한글 ab 🛒 é")).isEqualTo(12);
		assertThat(DisplayWidth.cut("한글입니다", 5)).isEqualTo("한글…");
	}

	@Test
	void stylesWithoutCountingTheEscapes() {
		assertThat(render("**ab** `cd`, e", 9, true)).containsExactly("\033[1mab\033[0m \033[36mcd\033[0m, e");
	}

	@Test
	void indentsListsAndQuotes() {
		assertThat(render("- one two\n- three", 7, false)).containsExactly("• one", "  two", "• three");
		assertThat(render("1. one\n2. two", 20, false)).containsExactly("1. one", "2. two");
		assertThat(render("> a b", 4, false)).containsExactly("│ a", "│ b");
		assertThat(render("```text\nx  y\n```", 4, false)).containsExactly("    x  y");
	}

	private static List<String> render(String markdown, int width, boolean coloured) {
		Node node = Parser.builder().build().parse(markdown).getFirstChild();
		Terminal terminal = new Terminal(new PrintStream(OutputStream.nullOutputStream()), false, coloured);
		return new ProseRenderer(terminal).render(node, width);
	}

}
