package lab.order;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import lombok.RequiredArgsConstructor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/**
 * Handles the orders of a topic of three partitions, those in partition 0 as late as
 * possible: only when there are none in the others.
 */
@RequiredArgsConstructor
class SlowGroup implements AutoCloseable {

	static final String NAME = "slow";

	private static final Pattern NUMBER = Pattern.compile("\"message\":\"(\\d+)\"");

	private final String bootstrapServers;

	private final String topic;

	private final List<ConsumerRecord<String, String>> handled = new CopyOnWriteArrayList<>();

	private volatile boolean closed;

	private CompletableFuture<Void> handling = CompletableFuture.completedFuture(null);

	void start() {
		this.handling = CompletableFuture.runAsync(this::handle);
	}

	private void handle() {
		List<TopicPartition> first = List.of(new TopicPartition(this.topic, 0));
		List<TopicPartition> all = List.of(first.get(0), new TopicPartition(this.topic, 1),
				new TopicPartition(this.topic, 2));
		Map<String, Object> settings = Map.of("bootstrap.servers", this.bootstrapServers, "group.id", NAME,
				"auto.offset.reset", "earliest", "enable.auto.commit", false, "max.poll.records", 10);
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
				new StringDeserializer())) {
			consumer.assign(all);
			while (!this.closed) {
				consumer.pause(first);
				while (poll(consumer)) {
					// partition 0 waits
				}
				consumer.resume(first);
				poll(consumer);
			}
		}
	}

	private boolean poll(KafkaConsumer<String, String> consumer) {
		List<ConsumerRecord<String, String>> records = new ArrayList<>();
		consumer.poll(Duration.ofMillis(50)).forEach(records::add);
		this.handled.addAll(records);
		consumer.commitSync();
		return !records.isEmpty();
	}

	/**
	 * Waits until so many orders with a key are handled.
	 */
	void awaitHandled(int orders) {
		Awaitility.await("all orders are handled")
			.atMost(Duration.ofSeconds(60))
			.until(() -> numbers().values().stream().mapToInt(Set::size).sum() == orders);
	}

	/**
	 * Returns the keys whose orders were not handled in the order of their numbers.
	 */
	Set<String> keysOutOfOrder() {
		return numbers().entrySet()
			.stream()
			.filter((key) -> !List.copyOf(new TreeSet<>(key.getValue())).equals(List.copyOf(key.getValue())))
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	/**
	 * Returns the numbers of each key in the order in which they were first handled: an
	 * order may be in the topic twice if its first answer was a 503.
	 */
	private Map<String, Set<Integer>> numbers() {
		return this.handled.stream()
			.filter((order) -> order.key() != null)
			.collect(Collectors.groupingBy(ConsumerRecord::key, TreeMap::new,
					Collectors.mapping(SlowGroup::number, Collectors.toCollection(LinkedHashSet::new))));
	}

	private static int number(ConsumerRecord<String, String> order) {
		Matcher number = NUMBER.matcher(order.value());
		if (!number.find()) {
			throw new IllegalArgumentException(order.value());
		}
		return Integer.parseInt(number.group(1));
	}

	@Override
	public void close() {
		this.closed = true;
		this.handling.join();
	}

}
