package lab.console.group;

import java.util.List;

import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * The replicas of a partition.
 *
 * @param brokers the ids of the brokers that have one
 * @param away those of them that the cluster does not have now
 * @param behind those of them that are there, but not in sync
 */
public record Replicas(List<Integer> brokers, List<Integer> away, List<Integer> behind) {

	/**
	 * There is one replica, or they are not known.
	 */
	static final Replicas NONE = new Replicas(List.of(), List.of(), List.of());

	static Replicas of(TopicPartitionInfo partition) {
		return new Replicas(partition.replicas().stream().map(Node::id).toList(),
				partition.replicas().stream().filter(Node::isEmpty).map(Node::id).toList(),
				partition.replicas()
					.stream()
					.filter((replica) -> !replica.isEmpty()
							&& partition.isr().stream().noneMatch((one) -> one.id() == replica.id()))
					.map(Node::id)
					.toList());
	}

}
