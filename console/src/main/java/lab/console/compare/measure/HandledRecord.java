package lab.console.compare.measure;

import java.time.Instant;

/**
 * A record that a member handled, as the member published it.
 *
 * @param id the order's
 */
public record HandledRecord(String id, String member, int partition, Instant at) {
}
