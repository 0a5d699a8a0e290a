package lab.console.chaos.fault;

/**
 * How the connections between the services and the broker are broken.
 */
public enum NetworkPhase {

	/**
	 * They are closed, and new ones at once.
	 */
	CUT,

	/**
	 * Nothing arrives in either direction, and no connection is closed. Afterwards, what
	 * was held back arrives.
	 */
	HALF_OPEN,

	/**
	 * Everything arrives late.
	 */
	SLOW,

	/**
	 * They are reset, again and again.
	 */
	RESET,

	/**
	 * What the services send arrives, but the broker's answers are lost.
	 */
	ANSWERS_LOST

}
