package lab.console.compare.measure;

import java.time.Instant;

/**
 * A record that a member has handled, as the member published it.
 */
public record HandledRecord(String id, String member, int partition, Instant at) {
}
