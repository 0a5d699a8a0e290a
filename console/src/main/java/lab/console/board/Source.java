package lab.console.board;

/**
 * What the page watches.
 *
 * @param bootstrapServer where the cluster is first asked
 * @param topic that of the orders, or the one that was named
 * @param local whether it is the lab on this machine, which alone can be acted on
 */
public record Source(String bootstrapServer, String group, String topic, boolean local) {
}
