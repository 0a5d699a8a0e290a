package lab.console.group;

import java.time.Instant;

/**
 * Something that can be the cause of a rebalance.
 *
 * @param target an instance, or a partition; a topic where a partition was added here
 * @param observed whether it was done here; else it was found by looking
 */
public record PossibleCause(Instant at, Kind kind, String target, boolean observed) {

	/**
	 * What happened to the target.
	 */
	public enum Kind {

		STARTED, STOPPED, DIED, PAUSED, RESUMED, SLOWED, GROWN

	}

	/**
	 * It was done here.
	 * @param at when it began
	 */
	public static PossibleCause here(Instant at, Kind kind, String target) {
		return new PossibleCause(at, kind, target, true);
	}

}
