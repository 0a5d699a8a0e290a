package lab.console.compare.measure;

import java.time.Instant;
import java.util.Set;

/**
 * A change of what a member owns, as the member published it.
 *
 * @param type {@code PartitionsAssigned}, {@code PartitionsRevoked} or
 * {@code PartitionsLost}
 * @param owned all partitions that the member owned afterwards
 */
public record OwnershipChange(String type, String member, Set<Integer> owned, Instant at) {
}
