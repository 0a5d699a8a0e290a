package lab.console.terminal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses between the two forms of a Korean particle, such as 이 and 가, by the last sound
 * of the word before it. Quotes, brackets and other punctuation at the end are skipped.
 * <p>
 * A number is read in Korean: 1 is 일, 10 is 십. A Latin word is read as Korean spells it,
 * approximately: l ends in ㄹ (<code>kill</code> 킬), m, n and ng in a consonant
 * (<code>kim</code> 킴), a silent e is dropped before that (<code>example</code> 이그잼플),
 * and b, c, k, p and t end in a consonant after a single short vowel (<code>topic</code>
 * 토픽); everything else ends in a vowel (<code>order</code> 오더, <code>product</code>
 * 프로덕트). Words in capitals or without a vowel are read letter by letter
 * (<code>html</code> 에이치티엠엘).
 */
final class KoreanParticle {

	private enum Ending {

		VOWEL, RIEUL, CONSONANT

	}

	private static final Pattern DIGIT_OR_WORD = Pattern.compile("(\\d|[A-Za-z]+|\\p{L})[^\\p{L}\\d]*$");

	private static final Pattern SPELLED_OUT = Pattern.compile("[A-Z]+|[^AEIOUYaeiouy]+|.");

	private static final Pattern RIEUL_WORD = Pattern.compile(".*(l|[aeiouy].*le)");

	private static final Pattern CONSONANT_WORD = Pattern
		.compile(".*([mn]|[aeiouy].*[mn]e|ng|(?<![aeiou])[aeiou](ck|[bckpt])|group)");

	private KoreanParticle() {
	}

	/**
	 * Returns the form that follows the word.
	 * @param afterConsonant such as 이, 은, 을, 과, 으로
	 * @param afterVowel such as 가, 는, 를, 와, 로; a form that begins with 로 also follows ㄹ
	 */
	static String after(String word, String afterConsonant, String afterVowel) {
		return switch (ending(word)) {
			case VOWEL -> afterVowel;
			case RIEUL -> afterVowel.startsWith("로") ? afterVowel : afterConsonant;
			case CONSONANT -> afterConsonant;
		};
	}

	private static Ending ending(String word) {
		Matcher last = DIGIT_OR_WORD.matcher(word);
		if (!last.find()) {
			return Ending.VOWEL;
		}
		String end = last.group(1);
		char letter = end.charAt(end.length() - 1);
		if (letter >= '가' && letter <= '힣') {
			int finalConsonant = (letter - '가') % 28;
			return (finalConsonant == 0) ? Ending.VOWEL : (finalConsonant == 8) ? Ending.RIEUL : Ending.CONSONANT;
		}
		if (Character.isDigit(letter)) {
			return switch (Character.digit(letter, 10)) {
				case 1, 7, 8 -> Ending.RIEUL;
				// 영, 삼, 육; and 십, 백, 천, 만, 억
				case 0, 3, 6 -> Ending.CONSONANT;
				default -> Ending.VOWEL;
			};
		}
		return latin(end);
	}

	private static Ending latin(String word) {
		if (SPELLED_OUT.matcher(word).matches()) {
			return switch (Character.toLowerCase(word.charAt(word.length() - 1))) {
				case 'l', 'r' -> Ending.RIEUL;
				case 'm', 'n' -> Ending.CONSONANT;
				default -> Ending.VOWEL;
			};
		}
		String lower = word.toLowerCase(Locale.ROOT);
		if (RIEUL_WORD.matcher(lower).matches()) {
			return Ending.RIEUL;
		}
		return CONSONANT_WORD.matcher(lower).matches() ? Ending.CONSONANT : Ending.VOWEL;
	}

}
