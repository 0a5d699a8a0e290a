package lab.console.chaos.ledger;

import lab.console.terminal.OptionException;
import lab.console.terminal.EnumOption;
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
		return EnumOption.named(name, values(), "chaos.profile-unknown", messages);
	}

	/**
	 * The name on the command line and of the Spring profile.
	 */
	@Override
	public String toString() {
		return EnumOption.name(this);
	}

}
