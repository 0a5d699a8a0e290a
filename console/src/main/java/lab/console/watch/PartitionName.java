package lab.console.watch;

import java.util.Comparator;

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

	private static String topic(String name) {
		return name.substring(0, Math.max(name.lastIndexOf('-'), 0));
	}

	private static int number(String name) {
		return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
	}

}
