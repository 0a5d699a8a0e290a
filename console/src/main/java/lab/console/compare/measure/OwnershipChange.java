package lab.console.compare.measure;

import java.time.Instant;
import java.util.Set;

/**
 * What a member was given or gave up or lost, as it published it.
 *
 * @param type {@code PartitionsAssigned}, {@code PartitionsRevoked} or
 * {@code PartitionsLost}
 * @param owned all partitions that it had afterwards
 */
public record OwnershipChange(String type, String member, Set<Integer> owned, Instant at) {
}
