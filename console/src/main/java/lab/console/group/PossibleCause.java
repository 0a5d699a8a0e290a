package lab.console.group;

import java.time.Instant;

/**
 * Something that may have caused a rebalance.
 *
 * @param target an instance or a partition; a topic where the lab adds partitions
 * @param observed whether the lab did it; else it is inferred from snapshots
 */
public record PossibleCause(Instant at, Kind kind, String target, boolean observed) {

	/**
	 * What happened to the target.
	 */
	public enum Kind {

		STARTED, STOPPED, DIED, PAUSED, RESUMED, SLOWED, GROWN

	}

	/**
	 * Creates a cause that the lab itself brings about.
	 * @param at when it began
	 */
	public static PossibleCause here(Instant at, Kind kind, String target) {
		return new PossibleCause(at, kind, target, true);
	}

}
