package lab.console.chaos.ledger;

/**
 * When an order is sent again.
 */
public enum RepeatWay {

	/**
	 * After its answer.
	 */
	IN_TURN,

	/**
	 * Several times, before the first answer.
	 */
	AT_ONCE,

	/**
	 * After the sender closed the connection without waiting for the answer.
	 */
	AFTER_LEAVING,

	/**
	 * After its answer and a restart of the order service.
	 */
	AFTER_RESTART,

	/**
	 * After the order service was killed before it answered.
	 */
	AFTER_KILL,

	/**
	 * When the network between the order service and the broker is whole again.
	 */
	AFTER_NETWORK;

	/**
	 * Whether the order service may have forgotten that the order was acknowledged, so
	 * that it can have another record, with the same id.
	 */
	boolean afterRestart() {
		return this == AFTER_RESTART || this == AFTER_KILL;
	}

}
