package lab.console.watch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import lab.console.events.OrderHandled;
import lab.console.group.GroupSnapshot;
import lab.console.group.WatchedGroup;
import lab.console.terminal.Json;
import lab.console.watch.GroupView.Handled;
import lab.console.watch.GroupView.Rec;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The last records of each partition, and who handled them where that is published. What
 * stands in a record is shown for the lab's own orders alone: those of others may be
 * anybody's secrets.
 */
@RequiredArgsConstructor
final class Records {

	/**
	 * How many of a partition are shown.
	 */
	static final int SHOWN = 12;

	private static final int HANDLED_KNOWN = 1000;

	private static final int LONGEST_TEXT = 80;

	/**
	 * A record that is missing from the end offset of a look may just have come.
	 */
	private static final Duration JUST = Duration.ofSeconds(1);

	private final WatchedGroup source;

	private final Map<TopicPartition, Deque<Rec>> records = new HashMap<>();

	private final Map<TopicPartition, TreeMap<Long, String>> handledBy = new HashMap<>();

	private final Map<String, Handled> handled = new HashMap<>();

	void add(ConsumerRecord<byte[], byte[]> record) {
		Deque<Rec> known = this.records.computeIfAbsent(new TopicPartition(record.topic(), record.partition()),
				(partition) -> new ArrayDeque<>());
		boolean shown = this.source.local();
		known.add(new Rec(record.offset(), Instant.ofEpochMilli(record.timestamp()),
				(shown && record.key() != null) ? cut(text(record.key())) : null, shown ? words(record) : null,
				Math.max(0, record.serializedValueSize()), null));
		if (known.size() > SHOWN) {
			known.removeFirst();
		}
	}

	/**
	 * Adds what a member published of an order that it has handled.
	 */
	void addHandled(OrderHandled event) {
		TopicPartition partition = new TopicPartition(this.source.expectedTopic().orElse(""), event.partition());
		TreeMap<Long, String> by = this.handledBy.computeIfAbsent(partition, (key) -> new TreeMap<>());
		by.put(event.offset(), event.instance());
		if (by.size() > HANDLED_KNOWN) {
			by.pollFirstEntry();
		}
		long count = Optional.ofNullable(this.handled.get(event.instance())).map(Handled::count).orElse(0L);
		this.handled.put(event.instance(), new Handled(count + 1, event.handledAt(), event.partition(), event.offset(),
				this.source.local() ? cut(Objects.requireNonNullElse(event.message(), "")) : null));
	}

	/**
	 * A topic that was deleted and made anew begins with offset 0 again.
	 */
	void forgetDeleted(GroupSnapshot now) {
		Map<TopicPartition, Long> ends = now.partitions()
			.stream()
			.collect(Collectors.toMap(Records::key, GroupSnapshot.Partition::end));
		this.records.keySet().retainAll(ends.keySet());
		this.handledBy.keySet().retainAll(ends.keySet());
		for (Entry<TopicPartition, Deque<Rec>> known : this.records.entrySet()) {
			long end = ends.getOrDefault(known.getKey(), 0L);
			boolean deleted = known.getValue()
				.stream()
				.anyMatch((record) -> record.offset() >= end && record.at().isBefore(now.at().minus(JUST)));
			if (deleted) {
				known.getValue().clear();
				this.handledBy.remove(known.getKey());
			}
		}
	}

	/**
	 * The last ones, oldest first; nothing where none were read.
	 */
	@Nullable List<Rec> of(GroupSnapshot.Partition partition) {
		Deque<Rec> known = this.records.get(key(partition));
		if (known == null) {
			return null;
		}
		Map<Long, String> by = this.handledBy.getOrDefault(key(partition), new TreeMap<>());
		return known.stream()
			.map((record) -> new Rec(record.offset(), record.at(), record.key(), record.text(), record.bytes(),
					by.get(record.offset())))
			.toList();
	}

	@Nullable Handled handledBy(String instance) {
		return this.handled.get(instance);
	}

	static TopicPartition key(GroupSnapshot.Partition partition) {
		return new TopicPartition(partition.topic(), partition.partition());
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
		return (text.codePointCount(0, text.length()) <= LONGEST_TEXT) ? text
				: text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
	}

}
