package lab.console.watch;

import java.time.Instant;

/**
 * Something that can be the cause of a rebalance.
 *
 * @param target an instance, or a partition
 * @param observed whether it was done here; else it was found by looking
 */
record Mark(Instant at, Kind kind, String target, boolean observed) {

	/**
	 * What happened to the target.
	 */
	enum Kind {

		STARTED, STOPPED, DIED, PAUSED, RESUMED, GROWN

	}

}
