package lab.console.watch;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import lab.console.deadletter.DeadLetter;
import lab.console.deadletter.DeadLetterList;
import lab.console.deadletter.DeadLetterList.Listing;
import lab.console.group.GroupSnapshot;
import lab.console.group.LogOffsets;
import lab.console.group.Verdict.Level;
import lab.console.group.WatchedGroup;
import lab.console.watch.GroupView.DeadLetters;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters of the topic that the watched group reads. Causes are kept only where
 * the lab itself is watched: they may quote the record.
 */
@RequiredArgsConstructor
final class GroupDeadLetters {

	/**
	 * How many of the last offsets of each partition are read.
	 */
	static final int READ = 1000;

	/**
	 * How many of the newest dead letters are shown.
	 */
	static final int SHOWN = 20;

	private static final int MAX_CAUSE_LENGTH = 200;

	private final WatchedGroup source;

	private final Commands commands;

	private final History history;

	private final Instant begin = Instant.now();

	private final DeadLetterList letters = new DeadLetterList(SHOWN, READ);

	/** The last offset that was read, by partition. */
	private final Map<Integer, Long> read = new HashMap<>();

	/** The offset of the oldest record that is still there, by partition. */
	private final Map<Integer, Long> starts = new HashMap<>();

	/** Null where it is not known which topic the group reads. */
	private @Nullable String topic;

	/** Null where something has changed since it was made. */
	private @Nullable Optional<DeadLetters> view;

	/** How many were written since the feed has told of any. */
	private int fresh;

	/**
	 * The dead letter topic of the topic that the group is expected to read, or of the
	 * only one that it reads; empty where that is not known.
	 */
	Optional<String> topic(GroupSnapshot now) {
		List<String> read = now.partitions().stream().map(GroupSnapshot.Partition::topic).distinct().toList();
		String wanted = this.source.expectedTopic()
			.or(() -> (read.size() == 1) ? Optional.of(read.get(0)) : Optional.empty())
			.map(DeadLetter::topic)
			.orElse(null);
		if (!Objects.equals(wanted, this.topic)) {
			forget();
			this.topic = wanted;
		}
		return Optional.ofNullable(wanted);
	}

	/**
	 * Whether that is the dead letter topic.
	 */
	boolean isTopic(String name) {
		return name.equals(this.topic);
	}

	void add(ConsumerRecord<byte[], byte[]> record) {
		// a partition whose leader is back is read again from before
		boolean again = this.read.getOrDefault(record.partition(), -1L) >= record.offset();
		this.read.merge(record.partition(), record.offset(), Math::max);
		boolean letter = this.letters.add(record);
		if (letter && !again && record.timestamp() >= this.begin.toEpochMilli()) {
			this.fresh++;
		}
		this.view = null;
	}

	/**
	 * Tells the feed how many have come since.
	 */
	void tell(Instant now) {
		if (this.fresh > 0 && this.topic != null) {
			this.history.say(now, Level.NOTE, "event.dead-letters", this.commands.deadLetters(this.topic), this.fresh,
					this.topic);
			this.fresh = 0;
		}
	}

	/**
	 * Forgets those that the topic no longer has.
	 */
	void retain(Map<TopicPartition, LogOffsets> logs) {
		logs.forEach((partition, log) -> {
			Long start = log.start();
			Long end = log.end();
			if (start != null && end != null) {
				this.letters.retain(partition.partition(), start, end);
				this.starts.put(partition.partition(), start);
				this.read.computeIfPresent(partition.partition(), (key, last) -> Math.min(last, end - 1));
			}
		});
		this.view = null;
	}

	/**
	 * Forgets all, because the topic does not exist, or must not be read.
	 */
	void forget() {
		this.letters.clear();
		this.read.clear();
		this.starts.clear();
		this.view = null;
	}

	/**
	 * Null where there are none.
	 */
	@Nullable DeadLetters view() {
		if (this.view == null) {
			this.view = Optional.ofNullable(this.topic).flatMap(this::view);
		}
		return this.view.orElse(null);
	}

	private Optional<DeadLetters> view(String topic) {
		Listing listing = this.letters.listing();
		if (listing.total() == 0) {
			return Optional.empty();
		}
		Map<String, DeadLetter> newest = new LinkedHashMap<>();
		listing.newest()
			.forEach((letter) -> newest.put(letter.id().toString(),
					letter.withCause(this.source.local() ? cut(letter.cause()) : null)));
		boolean more = this.read.entrySet()
			.stream()
			.anyMatch((last) -> last.getValue() - this.starts.getOrDefault(last.getKey(), last.getValue()) >= READ);
		return Optional
			.of(new DeadLetters(topic, listing.total(), listing.open(), more ? Integer.valueOf(READ) : null, newest));
	}

	private static @Nullable String cut(@Nullable String cause) {
		return (cause == null || cause.codePointCount(0, cause.length()) <= MAX_CAUSE_LENGTH) ? cause
				: cause.substring(0, cause.offsetByCodePoints(0, MAX_CAUSE_LENGTH)) + "…";
	}

}
