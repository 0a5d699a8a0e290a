package lab.console.group;

import java.time.Instant;

/**
 * The first record that a group has not read.
 *
 * @param since when it arrived
 * @param earlier whether it may have arrived earlier: that is not remembered
 */
public record Unread(Instant since, boolean earlier) {
}
