package lab.console.classroom;

import java.security.SecureRandom;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * What the teacher shows, and learners type once: easy to read out, and not to guess.
 */
record ClassWord(String value) {

	private static final String CONSONANTS = "bdfgklmnprstvz";

	private static final String VOWELS = "aeiou";

	/** Nearly 120 million words. */
	private static final int SYLLABLES = 4;

	static ClassWord random() {
		Random random = new SecureRandom();
		StringBuilder word = new StringBuilder();
		for (int i = 0; i < SYLLABLES; i++) {
			word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())))
				.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
		}
		return new ClassWord(word.toString());
	}

	boolean is(@Nullable String said) {
		return said != null && this.value.equalsIgnoreCase(said.strip());
	}

}
