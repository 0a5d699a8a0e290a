package lab.product;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A change of one instance's assignment.
 *
 * @param type what happened to the partitions
 * @param instance the instance whose assignment changed
 * @param partitions the partitions that the change is about, as {@code topic-partition};
 * none when the instance joined and there was no partition for it
 * @param owned all partitions of the instance after the change; in a share group, all
 * that it reads
 * @param epoch the member epoch (protocols consumer and share) or the generation
 * (classic), -1 where there is none
 * @param at when the instance learned of the change
 */
public record RebalanceEvent(Type type, String instance, List<String> partitions, List<String> owned, int epoch,
		Instant at) {

	/**
	 * What can happen to partitions in a rebalance.
	 */
	public enum Type {

		/** The instance was given the partitions. */
		@JsonProperty("PartitionsAssigned")
		ASSIGNED,

		/** The instance gave up the partitions after committing its offsets. */
		@JsonProperty("PartitionsRevoked")
		REVOKED,

		/** The group took the partitions away; offsets could not be committed. */
		@JsonProperty("PartitionsLost")
		LOST

	}

}
