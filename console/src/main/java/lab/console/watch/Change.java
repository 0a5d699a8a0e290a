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
record Change(Instant at, String member, Kind kind, List<String> partitions, List<String> owned,
		@Nullable Integer epoch, Origin source) {

	/**
	 * How it changed. The first three are said by the member itself, the others are found
	 * by comparing two looks at the group.
	 */
	enum Kind {

		ASSIGNED, REVOKED, LOST, SEEN, GONE

	}

	/**
	 * Where it is known from.
	 */
	enum Origin {

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
