package lab.order;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for. Text may be in any script; a character is a code point, so an
 * emoji counts as one.
 *
 * @param message what is ordered
 * @param customerId who orders; becomes the record's key, so that one customer's orders
 * stay in one partition and in order
 */
record PlaceOrder(
		@NotNull(message = "is missing") @Pattern(regexp = SOMETHING, message = "must not be blank") @Pattern(
				regexp = PRINTABLE + "{0,1000}",
				message = "must be 1 to 1,000 characters, without control characters") String message,

		@Nullable @Pattern(regexp = SOMETHING, message = "must not be blank") @Pattern(regexp = PRINTABLE + "{0,100}",
				message = "must be 1 to 100 characters, without control characters") String customerId) {

	/** At least one character that Unicode does not call white space. */
	private static final String SOMETHING = "(?sU).*\\S.*";

	/**
	 * Nothing that could forge a line in a log (control characters, Unicode's line and
	 * paragraph separators), and no half of a surrogate pair, which UTF-8 cannot carry.
	 */
	private static final String PRINTABLE = "[^\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]";

}
