package lab.console.chaos.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import lab.console.terminal.OptionException;
import lab.console.terminal.Messages;

/**
 * A Spring profile of the products with which the effect of an order counts once.
 */
public enum OnceProfile {

	/**
	 * The event of an order and its offset are written in one Kafka transaction.
	 */
	EXACTLY_ONCE,

	/**
	 * The order's id and the stock are written in one database transaction.
	 */
	STOCK;

	/**
	 * The profile of that name.
	 * @throws OptionException that lists the profiles, if there is none of that name
	 */
	public static OnceProfile named(String name, Messages messages) {
		return Arrays.stream(values())
			.filter((profile) -> profile.toString().equals(name.toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> new OptionException(messages.get("chaos.profile-unknown", name,
					Arrays.stream(values()).map(OnceProfile::toString).collect(Collectors.joining(", ")))));
	}

	/**
	 * The name on the command line and of the Spring profile.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
