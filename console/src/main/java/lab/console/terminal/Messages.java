package lab.console.terminal;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The console's sentences in one language: {@code messages.properties} is English,
 * {@code messages_ko.properties} Korean.
 */
public record Messages(Language language, ResourceBundle bundle) {

	/**
	 * The languages of the lab.
	 */
	public enum Language {

		EN, KO;

		/**
		 * The language of the user's locale if the lab has it, otherwise English. The
		 * launcher passes the locale as {@code LAB_LOCALE}, because Java knows only
		 * locales that are installed.
		 */
		public static Language fromEnvironment() {
			return System.getenv().getOrDefault("LAB_LOCALE", "").startsWith("ko") ? KO : EN;
		}

		/**
		 * As written on the command line and in folder names: {@code en} or {@code ko}.
		 */
		public String code() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	private static final String BUNDLE = "lab.console.messages";

	private static final Pattern PLACEHOLDER = Pattern.compile("(\n?)\\{(\\d)}(?:\\[([가-힣]+)/([가-힣]+)])?");

	public static Messages in(Language language) {
		Locale locale = (language == Language.KO) ? Locale.KOREAN : Locale.ROOT;
		return new Messages(language, ResourceBundle.getBundle(BUNDLE, locale,
				ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
	}

	/**
	 * In the language of that code, or in English if the lab does not have it.
	 */
	public static Messages of(String code) {
		return in(code.equals(Language.KO.code()) ? Language.KO : Language.EN);
	}

	/**
	 * Returns a command of the lab, which is given without {@code ./lab}, for the person
	 * to type next. It names the language where the person's environment has another one,
	 * which is then the one that {@code --lang} chose: first, so that the command ends as
	 * before, where a text has joined a Korean particle to it.
	 */
	public String command(String command) {
		String lang = (this.language == Language.fromEnvironment()) ? "" : "--lang " + this.language.code() + " ";
		return "./lab " + lang + command;
	}

	/**
	 * The sentence of that key, with {@code {0}}, {@code {1}} ... replaced by the values,
	 * in which braces stay as they are. Control characters in a value become visible,
	 * except tabs. Its line ends do, too, unless the sentence puts it on a line of its
	 * own, as it does with the end of a log. In {@code {0}[이/가]} the particle that
	 * {@link KoreanParticle} chooses for the value follows it.
	 */
	public String get(String key, @Nullable Object... values) {
		return PLACEHOLDER.matcher(this.bundle.getString(key)).replaceAll((placeholder) -> {
			int number = Integer.parseInt(placeholder.group(2));
			if (number >= values.length) {
				return Matcher.quoteReplacement(placeholder.group());
			}
			String value = String.valueOf(values[number]);
			String shown = placeholder.group(1).isEmpty() ? ControlCharacters.visibleButTabs(value)
					: value.lines().map(ControlCharacters::visibleButTabs).collect(Collectors.joining("\n"));
			String particle = (placeholder.group(3) == null) ? ""
					: KoreanParticle.after(value, placeholder.group(3), placeholder.group(4));
			return Matcher.quoteReplacement(placeholder.group(1) + shown + particle);
		});
	}

}
