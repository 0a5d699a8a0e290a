package lab.console.compare.measure;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that was recorded of a group around one thing that was done to it.
 *
 * @param action when it was done
 * @param until when its first consequence was over: a member that was held still goes on
 * then; else {@link #end}
 * @param end when no more records were sent
 * @param partitionsBefore how many partitions there were
 * @param partitions how many there are from the action on
 * @param shared whether a partition may be read by several members at once
 * @param touched the members to which it was done: their partitions have to stand still
 * @param silenced of which nothing was heard any more from then on, whatever they had
 * @param needed how many partitions had to get another owner
 * @param placed in the order of sending
 * @param handled in the order of handling
 * @param changes in any order
 */
public record Recording(Instant action, Instant until, Instant end, int partitionsBefore, int partitions, boolean shared,
		Set<String> touched, Map<String, Instant> silenced, int needed, List<AcknowledgedRecord> placed, List<HandledRecord> handled,
		List<OwnershipChange> changes) {
}
