package lab.console.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The result of one check.
 *
 * @param name what was checked
 * @param ok whether nothing is wrong
 * @param required whether a failure makes the command fail
 * @param diagnosis what is wrong, as a word that is the same in every language; null
 * where nothing is
 * @param seen what was found
 * @param remedy what to do; null where nothing is to be done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Finding(String name, boolean ok, boolean required, @Nullable String diagnosis, String seen,
		@Nullable String remedy) {

	static Finding ok(String name, String seen) {
		return new Finding(name, true, true, null, seen, null);
	}

	/**
	 * Creates the result of a check that failed, which makes the command fail.
	 */
	static Finding failed(String name, String diagnosis, String seen, String remedy) {
		return new Finding(name, false, true, diagnosis, seen, remedy);
	}

	/**
	 * Creates a result that is worth knowing and may be intended.
	 */
	static Finding hint(String name, String diagnosis, String seen, String remedy) {
		return new Finding(name, false, false, diagnosis, seen, remedy);
	}

}
