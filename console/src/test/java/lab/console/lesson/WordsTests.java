package lab.console.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lessons, the README, the docs and the console's messages call each thing by one
 * name, Kafka's own.
 */
class WordsTests {

	private static final Path LAB = Path.of("..");

	/**
	 * Metaphors for what has a term, words that nobody would say, and British spellings.
	 */
	private static final Pattern ENGLISH = Pattern
		.compile("bookmark|goodbye|held still|in earnest|whoever|whomever|whichever"
				+ "|whatever|wherever|\\bstands? in\\b|is put aside|are put aside|\\bspares?\\b"
				+ "|\\bwho looks? on\\b|\\bout loud\\b|without a word|\\blet few\\b"
				+ "|colour|behaviour|favourite|neighbour|\\bcentre|\\bgrey\\b", Pattern.CASE_INSENSITIVE);

	/**
	 * Other names for what has a term, translated grammar, and particles that were not
	 * computed.
	 */
	private static final Pattern KOREAN = Pattern
		.compile("책갈피|작별|[셰쉐]어 그룹|(?<!복)사본|뜨거운 (키|파티션)|지표|경보|알람|주인|소유자|맡은 멤버|기동|접두어|로케일|보관|승인"
				+ "|(?<![가-힣])랙|리밸런싱|펜싱|실무|운영에서는|에 의해|되어지|되어진|(레코드|파티션|토픽|오프셋|메시지)들"
				+ "|이\\(가\\)|은\\(는\\)|을\\(를\\)|와\\(과\\)|\\(으\\)로|\\(이\\)라");

	static Stream<Path> documents() throws IOException {
		List<Path> documents = new ArrayList<>();
		for (String folder : List.of(".", "docs", "lessons", "lessons/en", "lessons/ko")) {
			try (Stream<Path> files = Files.list(LAB.resolve(folder).normalize())) {
				files.filter((file) -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
			}
		}
		try (Stream<Path> files = Files.walk(LAB.resolve("exercises"))) {
			files.filter((file) -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
		}
		return documents.stream();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void avoidOtherNamesForTheSameThing(Path document) throws IOException {
		boolean korean = document.toString().endsWith(".ko.md") || document.getParent().endsWith("ko");
		String prose = prose(document);
		assertThat(prose).isNotBlank();
		assertThat((korean ? KOREAN : ENGLISH).matcher(prose).results().map(MatchResult::group)).as(document.toString())
			.isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Language.class)
	void messagesAvoidThemToo(Language language) {
		ResourceBundle messages = Messages.in(language).bundle();
		Pattern avoided = (language == Language.KO) ? KOREAN : ENGLISH;
		assertThat(messages.keySet()).isNotEmpty()
			.allSatisfy((key) -> assertThat(messages.getString(key)).doesNotContainPattern(avoided));
	}

	/**
	 * Returns the text outside of code and comments, a paragraph or heading on a line;
	 * and the tasks for the board, which are comments.
	 */
	private static String prose(Path document) throws IOException {
		StringBuilder prose = new StringBuilder();
		Parser.builder().build().parse(Files.readString(document)).accept(new AbstractVisitor() {
			@Override
			public void visit(Text text) {
				prose.append(text.getLiteral());
			}

			@Override
			public void visit(Code code) {
				prose.append('`');
			}

			@Override
			public void visit(SoftLineBreak lineBreak) {
				prose.append(' ');
			}

			@Override
			public void visit(Paragraph paragraph) {
				visitChildren(paragraph);
				prose.append('\n');
			}

			@Override
			public void visit(Heading heading) {
				visitChildren(heading);
				prose.append('\n');
			}

			@Override
			public void visit(HtmlBlock html) {
				if (!html.getLiteral().startsWith("<!--") || html.getLiteral().startsWith("<!-- board")) {
					prose.append(html.getLiteral()).append('\n');
				}
			}
		});
		return prose.toString();
	}

	static Stream<Path> pages() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("src/main/resources/static"))) {
			return files.filter((file) -> file.toString().matches(".*\\.(js|html)")).sorted().toList().stream();
		}
	}

	/**
	 * A page has texts in both languages.
	 */
	@ParameterizedTest
	@MethodSource("pages")
	void pagesAvoidThemToo(Path page) throws IOException {
		assertThat(Files.readString(page)).doesNotContainPattern(ENGLISH).doesNotContainPattern(KOREAN);
	}

}
