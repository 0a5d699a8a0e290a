package lab.console.group;

import java.time.Instant;
import java.util.List;

/**
 * Something that may have caused a rebalance.
 *
 * @param target an instance or a partition; a topic where the lab adds partitions
 * @param observed whether the lab did it; else it is inferred from snapshots
 * @param values what was set, from what it was where that is known
 */
public record PossibleCause(Instant at, Kind kind, String target, boolean observed, List<String> values) {

	/**
	 * Creates a cause that sets nothing.
	 */
	public PossibleCause(Instant at, Kind kind, String target, boolean observed) {
		this(at, kind, target, observed, List.of());
	}

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
