package lab.console.chaos.ledger;

/**
 * What the sender of an order knows of it.
 */
public enum SendOutcome {

	/**
	 * Answered with 201: it is recorded.
	 */
	ACKNOWLEDGED,

	/**
	 * Answered that it was not recorded, or never received.
	 */
	REFUSED,

	/**
	 * It may have been recorded: the answer says so, or there was none.
	 */
	UNKNOWN

}
