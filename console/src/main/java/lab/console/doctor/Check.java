package lab.console.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param name what was looked at
 * @param ok whether it is as it should be
 * @param required whether the lab, or whoever asked, cannot do without
 * @param diagnosis what is the matter, in a word that is the same in every language; none
 * where nothing is
 * @param seen what was found
 * @param remedy what to do, where something is to be done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Check(String name, boolean ok, boolean required, @Nullable String diagnosis, String seen,
		@Nullable String remedy) {

	static Check ok(String name, String seen) {
		return new Check(name, true, true, null, seen, null);
	}

	/**
	 * Something that keeps the lab, or whoever asked, from going on.
	 */
	static Check failed(String name, String diagnosis, String seen, String remedy) {
		return new Check(name, false, true, diagnosis, seen, remedy);
	}

	/**
	 * Something to know of, which may well be as it should be.
	 */
	static Check hint(String name, String diagnosis, String seen, String remedy) {
		return new Check(name, false, false, diagnosis, seen, remedy);
	}

}
