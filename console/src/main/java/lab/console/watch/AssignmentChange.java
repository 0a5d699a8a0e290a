package lab.console.watch;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A member's assignment changed.
 *
 * @param member by its display name
 * @param partitions what came or went; all that it owns where that is unknown
 * @param owned all that it owns from then on
 * @param epoch member epoch (KIP-848) or generation (classic), where told
 */
public record AssignmentChange(Instant at, String member, Kind kind, List<String> partitions, List<String> owned,
		@Nullable Integer epoch, Origin source) {

	/**
	 * How it changed. The first three are said by the member itself, the next two are
	 * found by comparing two looks at the group; {@code FOUND} is no change: it was so at
	 * the first look.
	 */
	enum Kind {

		ASSIGNED, REVOKED, LOST, SEEN, GONE, FOUND

	}

	/**
	 * Where it is known from.
	 */
	public enum Origin {

		/**
		 * The member published it, to the millisecond.
		 */
		PUBLISHED,

		/**
		 * Two looks through the Admin API differ: it happened at most a second before.
		 */
		INFERRED

	}

}
