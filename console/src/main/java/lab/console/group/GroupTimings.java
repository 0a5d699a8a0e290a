package lab.console.group;

/**
 * The times of a group under KIP-848, which the coordinator sets for all of its members.
 *
 * @param heartbeatMs between two heartbeats of a member, which carry each new assignment
 * @param sessionMs after which a member that sent no heartbeat is out
 */
public record GroupTimings(long heartbeatMs, long sessionMs) {
}
