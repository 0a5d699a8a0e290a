package lab.console.board;

import java.time.Instant;

/**
 * Somebody did that from the page: what follows in the group has a cause that was seen.
 *
 * @param at when it was done; for a kill, when the process was gone
 * @param action {@code start}, {@code stop}, {@code kill}, {@code pause}, {@code resume},
 * {@code handling} or {@code scale}
 * @param target the instance, or the topic
 */
public record Acted(Instant at, String action, String target) {
}
