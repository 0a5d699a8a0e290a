package lab.console.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The times that the coordinator sets for all members of a group (KIP-848 and share
 * groups), in milliseconds.
 *
 * @param heartbeatMs the heartbeat interval
 * @param sessionMs the session timeout
 * @param lockMs the record lock duration, share groups only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupTimings(long heartbeatMs, long sessionMs, @Nullable Long lockMs) {
}
