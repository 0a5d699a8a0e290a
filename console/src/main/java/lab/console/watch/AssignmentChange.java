package lab.console.watch;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A change of a member's assignment, published by the member or inferred.
 *
 * @param member the name that it is shown by
 * @param partitions that were assigned, revoked or lost; all that it owns where that is
 * unknown
 * @param owned all partitions that it owns from then on
 * @param epoch member epoch (KIP-848) or generation (classic); null where unknown
 * @param seen when a snapshot showed it; null where {@code at} tells that. A member that
 * has left while nobody watched was there {@code at} last
 */
public record AssignmentChange(Instant at, String member, ChangeKind kind, List<String> partitions, List<String> owned,
		@Nullable Integer epoch, Origin source, @Nullable Instant seen) {

	/**
	 * Creates a change of which it is known when it happened.
	 */
	public AssignmentChange(Instant at, String member, ChangeKind kind, List<String> partitions, List<String> owned,
			@Nullable Integer epoch, Origin source) {
		this(at, member, kind, partitions, owned, epoch, source, null);
	}

	/**
	 * How it changed. The first three are published by the member itself; {@code SEEN},
	 * {@code WAITING} and {@code GONE} are found by comparing two snapshots:
	 * {@code WAITING} is a member that has given up all partitions until a rebalance ends
	 * (classic, eager); {@code FOUND} is the assignment in the first snapshot, and no
	 * change.
	 */
	public enum ChangeKind {

		ASSIGNED, REVOKED, LOST, SEEN, WAITING, GONE, FOUND

	}

	/**
	 * How the change is known.
	 */
	public enum Origin {

		/**
		 * The member published it, to the millisecond.
		 */
		PUBLISHED,

		/**
		 * Two snapshots differ: it happened at most a second before.
		 */
		INFERRED

	}

}
