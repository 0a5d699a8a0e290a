package lab.console.group;

import lab.console.terminal.LabException;
import lab.console.terminal.Messages;

/**
 * That a topic has more partitions than before.
 *
 * @param before how many it had
 * @param partitions how many it has
 */
public record Scaled(String topic, int before, int partitions) {

	/**
	 * Gives the topic more partitions.
	 * @throws LabException if there is no such topic, or it has as many or more
	 */
	public static Scaled grow(Cluster cluster, String topic, int partitions, Messages messages) {
		int before = cluster.partitionCount(topic)
			.orElseThrow(() -> new LabException(messages.get("status.no-topic", topic)));
		if (partitions < before) {
			throw new LabException(messages.get("scale.shrink", topic, before, partitions));
		}
		if (partitions == before) {
			throw new LabException(messages.get("scale.same", topic, before));
		}
		cluster.createPartitions(topic, partitions);
		return new Scaled(topic, before, partitions);
	}

}
