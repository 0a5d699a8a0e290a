package lab.console.terminal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that a person probably meant who typed another one.
 */
public final class Nearest {

	private Nearest() {
	}

	/**
	 * Returns the name with the fewest slips from what was typed, of several the first;
	 * nothing where all are too far: more than a slip in three letters is another word.
	 */
	public static Optional<String> to(String typed, Collection<String> names) {
		return names.stream()
			.filter((name) -> slips(typed, name) <= Math.max(1, letters(typed) / 3) && letters(typed) > 1)
			.min(Comparator.comparingInt((name) -> slips(typed, name)));
	}

	/**
	 * Returns the question whether the nearest name was meant, for the sentence before a
	 * list of all names; empty where none is near.
	 */
	public static String question(String typed, Collection<String> names, Messages messages) {
		return to(typed, names).map((name) -> messages.get("mistake.meant", name) + " ").orElse("");
	}

	private static int letters(String word) {
		return word.replace("-", "").length();
	}

	/**
	 * Counts letters that are missing, too many or wrong, and neighbors that are swapped
	 * (the optimal string alignment distance).
	 */
	static int slips(String one, String other) {
		String a = one.toLowerCase(Locale.ROOT);
		String b = other.toLowerCase(Locale.ROOT);
		int[][] slips = new int[a.length() + 1][b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			for (int j = 0; j <= b.length(); j++) {
				if (i == 0 || j == 0) {
					slips[i][j] = i + j;
					continue;
				}
				boolean same = a.charAt(i - 1) == b.charAt(j - 1);
				slips[i][j] = Math.min(Math.min(slips[i - 1][j], slips[i][j - 1]) + 1,
						slips[i - 1][j - 1] + (same ? 0 : 1));
				boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
						&& a.charAt(i - 2) == b.charAt(j - 1);
				if (swapped) {
					slips[i][j] = Math.min(slips[i][j], slips[i - 2][j - 2] + 1);
				}
			}
		}
		return slips[a.length()][b.length()];
	}

}
