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
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lessons' prose and the console's messages call each thing by one name, Kafka's own.
 */
class WordsTests {

	private static final Path LESSONS = Path.of("../lessons");

	/**
	 * Metaphors for what has a term, and words that nobody would say.
	 */
	private static final Pattern ENGLISH = Pattern.compile(
			"bookmark|goodbye|held still|in earnest|whoever|whomever"
					+ "|whatever|wherever|stands in for|is put aside|are put aside|\\bspares?\\b",
			Pattern.CASE_INSENSITIVE);

	/**
	 * Other names for what has a term, and particles that were not computed.
	 */
	private static final Pattern KOREAN = Pattern
		.compile("책갈피|셰어 그룹|(?<!복)사본|뜨거운 (키|파티션)|지표|경보|알람|주인|소유자|기동|접두어|로케일|펜싱|실무"
				+ "|이\\(가\\)|은\\(는\\)|을\\(를\\)|와\\(과\\)|\\(으\\)로|\\(이\\)라");

	static Stream<Path> lessons() throws IOException {
		try (Stream<Path> files = Files.walk(LESSONS, 2)) {
			return files.filter((file) -> file.getFileName().toString().matches("\\d+-.*\\.md"))
				.sorted()
				.toList()
				.stream();
		}
	}

	@ParameterizedTest
	@MethodSource("lessons")
	void avoidOtherNamesForTheSameThing(Path lesson) throws IOException {
		Pattern avoided = lesson.getParent().endsWith("ko") ? KOREAN : ENGLISH;
		assertThat(prose(lesson)).isNotEmpty()
			.flatExtracting((text) -> avoided.matcher(text).results().map(MatchResult::group).toList())
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
	 * Returns the texts outside of code.
	 */
	private static List<String> prose(Path lesson) throws IOException {
		List<String> texts = new ArrayList<>();
		Parser.builder().build().parse(Files.readString(lesson)).accept(new AbstractVisitor() {
			@Override
			public void visit(Text text) {
				texts.add(text.getLiteral());
			}
		});
		return texts;
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
