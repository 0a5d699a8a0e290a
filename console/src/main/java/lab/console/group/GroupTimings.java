package lab.console.group;

import org.jspecify.annotations.Nullable;

/**
 * The times that the coordinator sets for all members of a group, under KIP-848 and in
 * share groups.
 *
 * @param heartbeatMs between two heartbeats of a member, which carry each new assignment
 * @param sessionMs after which a member that sent no heartbeat is out
 * @param lockMs after which a record that a member has taken and not settled goes to
 * another, share groups only
 */
public record GroupTimings(long heartbeatMs, long sessionMs, @Nullable Long lockMs) {
}
