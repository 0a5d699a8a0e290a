package lab.console.chaos.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lab.console.chaos.ledger.HistoryLine;
import lab.console.chaos.ledger.HistoryLine.DeadLettered;
import lab.console.chaos.ledger.HistoryLine.Entry;
import lab.console.chaos.ledger.HistoryLine.Handled;
import lab.console.chaos.ledger.HistoryLine.Lost;
import lab.console.deadletter.DeadLetter;
import lab.console.events.AssignmentChanged;
import lab.console.events.OrderHandled;
import lab.console.events.OrderPlaced;
import lab.console.events.TopicTail;
import lab.console.group.Cluster;
import lab.console.terminal.LabOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What the topics tell of a run. They are read from their beginning by a new consumer.
 */
final class TopicLines {

	private static final String HANDLED = LabOptions.GROUP + "_handled";

	private static final String REBALANCES = LabOptions.GROUP + "_rebalances";

	private static final String DEAD_LETTERS = LabOptions.TOPIC + "-dlt";

	/**
	 * The topics that are read.
	 */
	static final List<String> TOPICS = List.of(LabOptions.TOPIC, HANDLED, REBALANCES, DEAD_LETTERS);

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

	private final Cluster cluster;

	private final TopicTail tail;

	private final List<HistoryLine> lines = new ArrayList<>();

	private TopicLines(Cluster cluster, TopicTail tail) {
		this.cluster = cluster;
		this.tail = tail;
	}

	/**
	 * Returns a line for each order, each event that an order was handled, each event
	 * that partitions were lost, and each dead letter.
	 */
	static List<HistoryLine> read(Properties client, Cluster cluster) throws InterruptedException {
		try (TopicTail tail = new TopicTail(client, "ledger", 0)) {
			TopicLines topics = new TopicLines(cluster, tail);
			topics.add(LabOptions.TOPIC, TopicLines::entry);
			topics.add(HANDLED, TopicLines::handled);
			topics.add(REBALANCES, TopicLines::lost);
			topics.add(DEAD_LETTERS, TopicLines::deadLettered);
			return topics.lines;
		}
	}

	private void add(String topic, Function<ConsumerRecord<byte[], byte[]>, Stream<HistoryLine>> line)
			throws InterruptedException {
		int partitions = this.cluster.topics().partitionCount(topic).orElse(0);
		this.tail
			.readToEnd(IntStream.range(0, partitions).mapToObj((number) -> new TopicPartition(topic, number)).toList(),
					TIMEOUT)
			.stream()
			.flatMap(line)
			.forEach(this.lines::add);
	}

	private static Stream<HistoryLine> entry(ConsumerRecord<byte[], byte[]> record) {
		return OrderPlaced.parse(record.value())
			.stream()
			// records that are no orders can look like one
			.filter((order) -> NUMBER.matcher(String.valueOf(order.message())).matches())
			.map((order) -> new Entry(Integer.parseInt(String.valueOf(order.message())), order.id(), record.partition(),
					record.offset()));
	}

	private static Stream<HistoryLine> handled(ConsumerRecord<byte[], byte[]> record) {
		return OrderHandled.parse(record.value())
			.stream()
			.map((order) -> new Handled(order.orderId(), order.instance(), order.partition(), order.offset(),
					order.handledAt(), order.repeated() ? Boolean.TRUE : null));
	}

	private static Stream<HistoryLine> deadLettered(ConsumerRecord<byte[], byte[]> record) {
		DeadLetter letter = DeadLetter.of(record);
		return Stream.ofNullable(letter.origin())
			.map((origin) -> new DeadLettered(origin.partition(), origin.offset(), letter.cause()));
	}

	private static Stream<HistoryLine> lost(ConsumerRecord<byte[], byte[]> record) {
		return AssignmentChanged.parse(record.value())
			.stream()
			.filter((change) -> change.type() == AssignmentChanged.Type.LOST)
			.map((change) -> new Lost(change.instance(),
					change.partitions().stream().map(TopicPartition::toString).toList(), change.at()));
	}

}
