package lab.product.assignment;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.apache.kafka.common.TopicPartition;

/**
 * Puts partitions into order and into words.
 */
public final class Partitions {

	private static final Comparator<TopicPartition> BY_TOPIC_AND_NUMBER = Comparator.comparing(TopicPartition::topic)
		.thenComparing(TopicPartition::partition);

	private Partitions() {
	}

	public static List<TopicPartition> sorted(Stream<TopicPartition> partitions) {
		return partitions.sorted(BY_TOPIC_AND_NUMBER).toList();
	}

	public static List<String> names(List<TopicPartition> partitions) {
		return partitions.stream().map(TopicPartition::toString).toList();
	}

	public static String listed(List<String> partitions) {
		return partitions.isEmpty() ? "nothing" : String.join(", ", partitions);
	}

}
