package lab.console.compare.measure;

import java.time.Instant;

/**
 * A record that the broker has acknowledged, so that it must be handled.
 *
 * @param number counted over all records, in the order of sending
 */
public record AcknowledgedRecord(String id, String key, long number, int partition, Instant at) {
}
