package lab.console.group;

/**
 * That a topic has more partitions than before.
 *
 * @param before how many it had
 * @param partitions how many it has
 */
public record Scaled(String topic, int before, int partitions) {
}
