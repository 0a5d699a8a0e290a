package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import lab.console.group.GroupSnapshot;
import org.apache.kafka.common.GroupState;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a group under the classic protocol rebalanced, as its state tells, also
 * where the members publish nothing. An eager assignor has all of them give up their
 * partitions and join again.
 *
 * @param from the first snapshot that shows it
 * @param last the last snapshot that shows it
 * @param over the first snapshot that does not; null where there is none yet
 * @param all whether all members stood still; else they may have read on, apart from
 * partitions that move
 */
record Standstill(Instant from, Instant last, @Nullable Instant over, boolean all) {

	/**
	 * Kafka's eager assignors. Of any other one the snapshot does not tell whether it is
	 * eager.
	 */
	private static final Set<String> EAGER = Set.of("range", "roundrobin", "sticky");

	/**
	 * Members learn of a rebalance with their next heartbeat and read on until then. This
	 * is Kafka's default of {@code heartbeat.interval.ms}; the clients' own setting is
	 * not told.
	 */
	static final Duration HEARTBEAT = Duration.ofSeconds(3);

	private static final Set<String> REBALANCING = Set.of(GroupState.PREPARING_REBALANCE.toString(),
			GroupState.COMPLETING_REBALANCE.toString());

	/**
	 * Creates one in which all members stood still.
	 */
	Standstill(Instant from, Instant last, @Nullable Instant over) {
		this(from, last, over, true);
	}

	/**
	 * Begins one with a snapshot.
	 * @param assignor of the group while it was stable; null where that is unknown
	 */
	static Standstill begin(GroupSnapshot now, @Nullable String assignor) {
		return new Standstill(now.at(), now.at(), null, assignor != null && EAGER.contains(assignor));
	}

	/**
	 * Whether the group rebalances. Then its coordinator tells what members owned before,
	 * or nothing, depending on the broker's version.
	 */
	static boolean shows(GroupSnapshot now) {
		return now.classic() && REBALANCING.contains(now.state());
	}

	Standstill next(GroupSnapshot now) {
		return shows(now) ? new Standstill(this.from, now.at(), null, this.all)
				: new Standstill(this.from, this.last, now.at(), this.all);
	}

	/**
	 * Ends it with the last snapshot that shows it: nobody sees whether it goes on.
	 */
	Standstill cutOff() {
		return new Standstill(this.from, this.last, this.last, this.all);
	}

	/**
	 * At least so long it was, for a member whose heartbeat comes last.
	 */
	Duration seen() {
		Duration seen = Duration.between(this.from, this.last).minus(HEARTBEAT);
		return seen.isNegative() ? Duration.ZERO : seen;
	}

	boolean covers(Instant at) {
		return overlaps(at, at);
	}

	boolean overlaps(Instant since, Instant until) {
		return !this.from.isAfter(until) && (this.over == null || !this.over.isBefore(since));
	}

}
