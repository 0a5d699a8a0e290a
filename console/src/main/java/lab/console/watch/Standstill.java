package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import lab.console.group.GroupSnapshot;
import org.apache.kafka.common.GroupState;
import org.jspecify.annotations.Nullable;

/**
 * A time in which all members of a group stood still. Under the classic protocol an eager
 * assignor has all of them give up their partitions and join again; the state of the
 * group tells how long that takes, also where the members publish nothing.
 *
 * @param from the first snapshot that shows it
 * @param last the last snapshot that shows it
 * @param over the first snapshot that does not; null where there is none yet
 */
record Standstill(Instant from, Instant last, @Nullable Instant over) {

	/**
	 * Kafka's eager assignors. Of any other one the snapshot does not tell whether it is
	 * eager.
	 */
	private static final Set<String> EAGER = Set.of("range", "roundrobin", "sticky");

	private static final Set<String> REBALANCING = Set.of(GroupState.PREPARING_REBALANCE.toString(),
			GroupState.COMPLETING_REBALANCE.toString());

	/**
	 * @param assignor of the group while it was stable; null where that is unknown
	 */
	static boolean shows(GroupSnapshot now, @Nullable String assignor) {
		return now.classic() && assignor != null && EAGER.contains(assignor) && REBALANCING.contains(now.state());
	}

	/**
	 * At least so long it was; the members stopped up to a second earlier, and went on up
	 * to a second later.
	 */
	Duration seen() {
		return Duration.between(this.from, this.last);
	}

	boolean covers(Instant at) {
		return overlaps(at, at);
	}

	boolean overlaps(Instant since, Instant until) {
		return !this.from.isAfter(until) && (this.over == null || !this.over.isBefore(since));
	}

}
