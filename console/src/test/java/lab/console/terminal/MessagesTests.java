package lab.console.terminal;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console says the same in both languages.
 */
class MessagesTests {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

	// the files themselves: a bundle would fill its gaps from the other language
	private final Properties english = load("messages.properties");

	private final Properties korean = load("messages_ko.properties");

	@Test
	void bothLanguagesHaveTheSameSentences() {
		assertThat(this.korean.stringPropertyNames()).isEqualTo(this.english.stringPropertyNames());
		assertThat(this.korean.values()).allSatisfy((sentence) -> assertThat(sentence.toString()).isNotBlank());
	}

	@Test
	void bothLanguagesNameTheSameValues() {
		assertThat(this.english.stringPropertyNames())
			.allSatisfy((key) -> assertThat(placeholders(this.korean.getProperty(key)))
				.isEqualTo(placeholders(this.english.getProperty(key))));
	}

	/**
	 * {@link Messages} fills in values, and does not know MessageFormat's formats.
	 */
	@Test
	void valuesHaveNoFormat() {
		assertThat(List.of(this.english, this.korean)).flatExtracting(Properties::values)
			.noneMatch((sentence) -> sentence.toString().matches("(?s).*\\{\\d,.*"));
	}

	/**
	 * Only what follows a value can be chosen for it.
	 */
	@Test
	void particlesAreChosenWhereTheValueIsKnown() {
		assertThat(this.korean.stringPropertyNames()).allSatisfy(
				(key) -> assertThat(this.korean.getProperty(key)).doesNotContainPattern("(?<!\\{\\d})\\[[가-힣]"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{0}", "{1}", "{4} {2}", "'{3}'", "it's", "$1 \\1 \\", "{", "{99}", "%s" })
	void aValueIsPrintedAsItIs(String value) {
		for (Language language : Language.values()) {
			assertThat(Messages.in(language).get("send.placed", value, "a", value, "b", value))
				.isEqualTo(Messages.in(language)
					.get("send.placed", "\uE000", "a", "\uE000", "b", "\uE000")
					.replace("\uE000", value));
		}
	}

	/**
	 * As the environment of the tests is English.
	 */
	@Test
	void aCommandToTypeNextNamesTheLanguageOnlyWhereTheEnvironmentHasAnother() {
		assertThat(Messages.in(Language.EN).command("tour topics")).isEqualTo("./lab tour topics");
		assertThat(Messages.in(Language.KO).command("tour topics")).isEqualTo("./lab --lang ko tour topics");
	}

	/**
	 * A command in a sentence would not keep the language that was chosen; the teacher's
	 * own command is nobody's next one.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "exercise.", "lessons.", "tour.", "usage" })
	void whatToTypeNextIsAValue(String keys) {
		assertThat(List.of(this.english, this.korean)).allSatisfy(
				(sentences) -> assertThat(sentences.keySet()).filteredOn((key) -> key.toString().startsWith(keys))
					.isNotEmpty()
					.filteredOn((key) -> sentences.get(key).toString().matches("(?s).*\\./lab [a-z].*"))
					.isSubsetOf("tour.report-away", "tour.lesson", "lessons.unreadable"));
	}

	private static Properties load(String name) {
		try (Reader reader = new InputStreamReader(
				Objects.requireNonNull(Messages.class.getResourceAsStream("/lab/console/" + name)),
				StandardCharsets.UTF_8)) {
			Properties properties = new Properties();
			properties.load(reader);
			return properties;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> placeholders(String sentence) {
		return PLACEHOLDER.matcher(sentence).results().map(MatchResult::group).sorted().toList();
	}

}
