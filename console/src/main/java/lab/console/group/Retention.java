package lab.console.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a topic's retention deletes: whole segments, the oldest first.
 *
 * @param ms the age from which on records may be deleted, in milliseconds
 * ({@code retention.ms}); null where age does not matter, as in a topic that is only
 * compacted
 * @param bytes the size from which on a partition's records may be deleted
 * ({@code retention.bytes}); null where size does not matter
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Retention(@Nullable Long ms, @Nullable Long bytes) {

	/**
	 * Returns the retention that the configs of a topic say.
	 */
	static Retention of(String cleanupPolicy, long ms, long bytes) {
		boolean deletes = cleanupPolicy.contains("delete");
		return new Retention((deletes && ms >= 0) ? Long.valueOf(ms) : null,
				(deletes && bytes >= 0) ? Long.valueOf(bytes) : null);
	}

}
