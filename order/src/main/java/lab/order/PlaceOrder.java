package lab.order;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request. Text may be in any script. Lengths are counted in code points,
 * so most emoji count as one character.
 *
 * @param message what is ordered
 * @param customerId who orders, or null; becomes the record's key, so that a customer's
 * orders stay in one partition and in order
 */
record PlaceOrder(
		@NotNull(message = "is missing") @Pattern(regexp = NOT_BLANK, message = "must not be blank") @Pattern(
				regexp = PRINTABLE + "{0,1000}",
				message = "must be 1 to 1,000 characters, without control characters") String message,

		@Nullable @Pattern(regexp = NOT_BLANK, message = "must not be blank") @Pattern(regexp = PRINTABLE + "{0,100}",
				message = "must be 1 to 100 characters, without control characters") String customerId) {

	/** At least one character that is not Unicode white space. */
	private static final String NOT_BLANK = "(?sU).*\\S.*";

	/**
	 * A character that is safe to log and can be encoded in UTF-8: no control character,
	 * line or paragraph separator, and no unpaired surrogate.
	 */
	private static final String PRINTABLE = "[^\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]";

}
