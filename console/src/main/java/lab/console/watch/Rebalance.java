package lab.console.watch;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.console.watch.AssignmentChange.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Changes of assignments that belong together, from the first until every partition has
 * an owner again, or a reader in a share group; and while all members stand still.
 *
 * @param until the last change so far, or the end of the standstill
 * @param open whether a partition that was given up has no owner yet, or all members
 * stand still
 * @param causes why, as far as is known
 * @param before each partition's owner before the first change, or its readers
 * @param after each partition's owner after the last change, or its readers
 * @param moved partitions of which no reader is the same
 * @param kept partitions of which a reader is the same
 * @param added partitions that had no reader before
 * @param stood for how many milliseconds a partition had no reader, where both ends are
 * known
 * @param about the same where it is known from snapshots only
 * @param allStood for at least how many milliseconds all members stood still, as the
 * state of the group showed from snapshot to snapshot; null where it did not
 * @param epochBefore highest member epoch or generation before
 * @param epochAfter highest member epoch or generation after
 * @param source {@code INFERRED} as soon as one of its changes is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rebalance(Instant at, Instant until, boolean open, List<Cause> causes, Map<String, String> before,
		Map<String, String> after, List<String> moved, List<String> kept, List<String> added, Map<String, Long> stood,
		@JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Estimate> about, @Nullable Long allStood,
		@Nullable Integer epochBefore, @Nullable Integer epochAfter, Origin source) {

	/**
	 * Creates a rebalance that was not estimated.
	 */
	public Rebalance(Instant at, Instant until, boolean open, List<Cause> causes, Map<String, String> before,
			Map<String, String> after, List<String> moved, List<String> kept, List<String> added,
			Map<String, Long> stood, @Nullable Long allStood, @Nullable Integer epochBefore,
			@Nullable Integer epochAfter, Origin source) {
		this(at, until, open, causes, before, after, moved, kept, added, stood, Map.of(), allStood, epochBefore,
				epochAfter, source);
	}

	/**
	 * For how long a partition had no reader, as far as snapshots tell.
	 *
	 * @param least milliseconds, from the first snapshot without a reader to the last one
	 * @param most milliseconds, from the last snapshot before to the first one after; of
	 * a member that was removed from the group since its last commit before records
	 * waited; null where it is not known
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Estimate(long least, @Nullable Long most) {

		/**
		 * {@code most}, or if it is not known, {@code least}.
		 */
		public long atMost() {
			return (this.most != null) ? this.most : this.least;
		}

	}

	/**
	 * A reason, as a sentence of the message bundles.
	 *
	 * @param observed whether it was done in the lab; else it is inferred from the
	 * changes
	 */
	public record Cause(String key, List<String> values, boolean observed) {
	}

}
