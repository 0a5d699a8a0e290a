package lab.console.compare.measure;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What happened in a group before and after the action of one run. The names of the
 * components are those of the JSON files in {@code histories}.
 *
 * @param action when the action began
 * @param until end of the time in which reassignment is measured: when a paused member
 * was resumed, otherwise {@link #end}
 * @param end when the last record was sent
 * @param partitionsBefore number of partitions before the action
 * @param partitions number of partitions after the action
 * @param shared whether the group is a share group, in which a partition may have several
 * members
 * @param touched members to which the action was done; a pause in their partitions is not
 * counted as a stand-still
 * @param silenced members that were killed or paused, and when: from then on they own
 * nothing until they publish again
 * @param needed number of partitions that had to move to another member
 * @param placed acknowledged records in the order of sending
 * @param handled handled records in the order in which they were published
 * @param changes in any order
 */
public record Recording(Instant action, Instant until, Instant end, int partitionsBefore, int partitions,
		boolean shared, Set<String> touched, Map<String, Instant> silenced, int needed, List<AcknowledgedRecord> placed,
		List<HandledRecord> handled, List<OwnershipChange> changes) {
}
