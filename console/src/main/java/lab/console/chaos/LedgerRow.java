package lab.console.chaos;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.console.chaos.ledger.OnceProfile;
import org.jspecify.annotations.Nullable;

/**
 * A run in figures: its line in the table, or of JSON.
 *
 * @param profile of the products beside the protocol; null if there is none
 * @param again orders that were handled more than once
 * @param redelivered orders that a share group delivered again; null for other groups
 * @param taken orders that were deleted before they were handled
 * @param verdict {@code kept}, {@code broken} or {@code void}
 * @param broken how often each promise was broken
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LedgerRow(String fault, String protocol, @Nullable OnceProfile profile, long seed, long sent, long acknowledged,
		long refused, long unknown, long recorded, long handled, long again, @Nullable Long redelivered, long taken,
		String verdict, Map<String, Integer> broken, String file) {

	boolean kept() {
		return this.verdict.equals("kept");
	}

}
