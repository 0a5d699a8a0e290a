package lab.console.watch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import lab.console.events.OrderHandled;
import lab.console.group.GroupSnapshot;
import lab.console.group.WatchedGroup;
import lab.console.terminal.Json;
import lab.console.watch.GroupView.HandledOrders;
import lab.console.watch.GroupView.RecordView;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The last records of each partition, and who handled them where that is published. Keys
 * and values are kept only where the lab itself is watched: those of other groups may be
 * confidential.
 */
@RequiredArgsConstructor
final class Records {

	/**
	 * How many records of a partition are shown.
	 */
	static final int SHOWN = 12;

	private static final int MAX_HANDLED = 1000;

	private static final int MAX_TEXT_LENGTH = 80;

	/**
	 * A younger record may have been written after the snapshot, so that its offset is
	 * beyond the partition's end.
	 */
	private static final Duration MIN_AGE = Duration.ofSeconds(1);

	private final WatchedGroup source;

	/** Is told of each record that was handled once more. */
	private final Consumer<Repetition> repetitions;

	private final Map<TopicPartition, Deque<RecordView>> records = new HashMap<>();

	/** By offset, in the order in which it is published. */
	private final Map<TopicPartition, TreeMap<Long, List<HandledBy>>> handledBy = new HashMap<>();

	private final Map<String, HandledOrders> handled = new HashMap<>();

	private record HandledBy(String member, Instant at) {
	}

	void add(ConsumerRecord<byte[], byte[]> record) {
		Deque<RecordView> known = this.records.computeIfAbsent(new TopicPartition(record.topic(), record.partition()),
				(partition) -> new ArrayDeque<>());
		// a partition whose leader is back is read again from a few records before
		known.removeIf((earlier) -> earlier.offset() >= record.offset());
		boolean shown = this.source.local();
		known.add(new RecordView(record.offset(), Instant.ofEpochMilli(record.timestamp()),
				(shown && record.key() != null) ? cut(text(record.key())) : null, shown ? words(record) : null,
				Math.max(0, record.serializedValueSize()), null, null));
		if (known.size() > SHOWN) {
			known.removeFirst();
		}
	}

	/**
	 * Adds what a member published of an order that it has handled.
	 */
	void addHandled(OrderHandled event) {
		TopicPartition partition = new TopicPartition(this.source.expectedTopic().orElse(""), event.partition());
		TreeMap<Long, List<HandledBy>> by = this.handledBy.computeIfAbsent(partition, (key) -> new TreeMap<>());
		List<HandledBy> handlings = by.computeIfAbsent(event.offset(), (offset) -> new ArrayList<>());
		HandledBy handling = new HandledBy(event.instance(), event.handledAt());
		if (handlings.contains(handling)) {
			// the same event, which its producer has sent twice
			return;
		}
		handlings.add(handling);
		if (handlings.size() > 1) {
			this.repetitions.accept(new Repetition(event.handledAt(), partition, event.offset()));
		}
		if (by.size() > MAX_HANDLED) {
			by.pollFirstEntry();
		}
		long count = Optional.ofNullable(this.handled.get(event.instance())).map(HandledOrders::count).orElse(0L);
		this.handled.put(event.instance(), new HandledOrders(count + 1, event.handledAt(), event.partition(),
				event.offset(), this.source.local() ? cut(Objects.requireNonNullElse(event.message(), "")) : null));
	}

	/**
	 * Removes the records of topics that were deleted, also where the topic was created
	 * again.
	 */
	void forgetDeleted(GroupSnapshot now) {
		List<TopicPartition> existing = now.partitions().stream().map(GroupSnapshot.Partition::topicPartition).toList();
		this.records.keySet().retainAll(existing);
		this.handledBy.keySet().retainAll(existing);
		// an unknown end, without a leader, proves nothing
		Map<TopicPartition, Long> ends = now.partitions()
			.stream()
			.filter((partition) -> partition.end() != null)
			.collect(Collectors.toMap(GroupSnapshot.Partition::topicPartition, GroupSnapshot.Partition::end));
		for (Entry<TopicPartition, Deque<RecordView>> known : this.records.entrySet()) {
			long end = ends.getOrDefault(known.getKey(), Long.MAX_VALUE);
			boolean deleted = known.getValue()
				.stream()
				.anyMatch((record) -> record.offset() >= end && record.at().isBefore(now.at().minus(MIN_AGE)));
			if (deleted) {
				known.getValue().clear();
				this.handledBy.remove(known.getKey());
			}
		}
	}

	/**
	 * The last records of the partition, oldest first; null where none were read.
	 */
	@Nullable List<RecordView> of(GroupSnapshot.Partition partition) {
		Deque<RecordView> known = this.records.get(partition.topicPartition());
		if (known == null) {
			return null;
		}
		Map<Long, List<HandledBy>> by = this.handledBy.getOrDefault(partition.topicPartition(), new TreeMap<>());
		return known.stream()
			.map((record) -> handled(record,
					by.getOrDefault(record.offset(), List.of()).stream().map(HandledBy::member).toList()))
			.toList();
	}

	private static RecordView handled(RecordView record, List<String> by) {
		int last = by.size() - 1;
		return (last < 0) ? record : new RecordView(record.offset(), record.at(), record.key(), record.text(),
				record.bytes(), by.get(last), (last > 0) ? by.subList(0, last) : null);
	}

	@Nullable HandledOrders handledBy(String instance) {
		return this.handled.get(instance);
	}

	/**
	 * The order's message; the whole value where it is not an order.
	 */
	private static @Nullable String words(ConsumerRecord<byte[], byte[]> record) {
		if (record.value() == null) {
			return null;
		}
		String value = text(record.value());
		return cut(message(value).orElse(value));
	}

	private static Optional<String> message(String value) {
		try {
			return Optional.of(Json.read(value).path("message").asString("")).filter((message) -> !message.isEmpty());
		}
		catch (JacksonException ex) {
			return Optional.empty();
		}
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static String cut(String text) {
		return (text.codePointCount(0, text.length()) <= MAX_TEXT_LENGTH) ? text
				: text.substring(0, text.offsetByCodePoints(0, MAX_TEXT_LENGTH)) + "…";
	}

}
