package lab.console.watch;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import org.apache.kafka.common.TopicPartition;

/**
 * A partition's name, {@code topic-partition}, as Kafka writes it.
 */
final class PartitionName {

	/**
	 * By topic, then by number: {@code orders-2} before {@code orders-10}.
	 */
	static final Comparator<String> ORDER = Comparator.comparing(PartitionName::topic)
		.thenComparingInt(PartitionName::number);

	private PartitionName() {
	}

	/**
	 * The names of the partitions, in their order.
	 */
	static List<String> sorted(Collection<TopicPartition> partitions) {
		return partitions.stream().map(TopicPartition::toString).sorted(ORDER).toList();
	}

	static String topic(String name) {
		return name.substring(0, Math.max(name.lastIndexOf('-'), 0));
	}

	private static int number(String name) {
		return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
	}

}
