package lab.console.compare.measure;

import java.time.Instant;

/**
 * A record that the broker acknowledged. If no member handles it, it is lost.
 *
 * @param id the order's
 * @param number position among all records of the run, in the order of sending
 * @param at when it was sent
 */
public record AcknowledgedRecord(String id, String key, long number, int partition, Instant at) {
}
