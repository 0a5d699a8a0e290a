package lab.console.doctor;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Names that may have been meant: a mistyped topic is more often the matter than a
 * missing one.
 */
final class NearNames {

	private static final int MOST = 3;

	private NearNames() {
	}

	/**
	 * The names that become the wanted one with a few strokes, at most one in four, the
	 * nearest first. Capitals and punctuation do not count.
	 */
	static List<String> of(String wanted, Collection<String> names) {
		String plain = plain(wanted);
		int strokes = 1 + plain.length() / 4;
		return names.stream()
			.filter((name) -> distance(plain, plain(name)) <= strokes)
			.sorted(Comparator.<String>comparingInt((name) -> distance(plain, plain(name)))
				.thenComparing(Comparator.naturalOrder()))
			.limit(MOST)
			.toList();
	}

	private static String plain(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
	}

	/**
	 * How many letters to add, drop or change make one of the other (Levenshtein).
	 */
	private static int distance(String one, String other) {
		int[] last = new int[other.length() + 1];
		for (int i = 0; i <= one.length(); i++) {
			int[] row = new int[other.length() + 1];
			row[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				row[j] = (i == 0) ? j : Math.min(Math.min(last[j], row[j - 1]) + 1,
						last[j - 1] + ((one.charAt(i - 1) == other.charAt(j - 1)) ? 0 : 1));
			}
			last = row;
		}
		return last[other.length()];
	}

}
