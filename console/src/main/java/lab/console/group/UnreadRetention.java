package lab.console.group;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import lab.console.group.GroupSnapshot.Partition;
import org.apache.kafka.common.TopicPartition;

/**
 * What retention may delete next of what a group has not read.
 *
 * @param topics the retention of each topic whose configs may be read
 * @param deletable when the oldest unread record of a partition may be deleted because of
 * its age, at the earliest; only of partitions where more than half of that time has
 * passed
 */
public record UnreadRetention(Map<String, Retention> topics, Map<TopicPartition, Instant> deletable) {

	/**
	 * Nothing is known.
	 */
	public static final UnreadRetention UNKNOWN = new UnreadRetention(Map.of(), Map.of());

	/**
	 * How often the time in which a record may have been written is halved: then it is
	 * known to a thousandth of {@code retention.ms}.
	 */
	private static final int STEPS = 9;

	/**
	 * Finds records by their timestamps.
	 */
	interface Search {

		/**
		 * @return the first record of each partition that has the timestamp or a later
		 * one; without the partitions that do not tell
		 */
		Map<TopicPartition, Found> firstSince(Map<TopicPartition, Instant> timestamps);

	}

	/**
	 * A record's offset and timestamp.
	 */
	record Found(long offset, Instant at) {

		/**
		 * There is no such record.
		 */
		static final Found NONE = new Found(Long.MAX_VALUE, Instant.MAX);

	}

	/**
	 * When a record was written.
	 *
	 * @param earliest not before
	 * @param latest not after
	 */
	private record Written(Instant earliest, Instant latest) {

		Instant middle() {
			return this.earliest.plus(Duration.between(this.earliest, this.latest).dividedBy(2));
		}

		/**
		 * @param offset of the record
		 * @param found the first record that is not older than {@link #middle}
		 */
		Written narrowed(long offset, Found found) {
			if (found.offset() > offset) {
				return new Written(this.earliest, middle());
			}
			boolean same = found.offset() == offset && !found.at().isAfter(this.latest);
			return same ? new Written(found.at(), found.at()) : new Written(middle(), this.latest);
		}

		boolean isKnown() {
			return this.earliest.equals(this.latest);
		}

	}

	/**
	 * Finds how old the oldest unread records are, without reading them: by their
	 * timestamps, as retention does. The segment of a record is deleted once its newest
	 * record is old enough, so not before.
	 */
	static UnreadRetention of(GroupSnapshot group, Map<String, Retention> topics, Search search) {
		Map<TopicPartition, Long> unread = new HashMap<>();
		Map<TopicPartition, Duration> kept = new HashMap<>();
		for (Partition partition : group.partitions()) {
			Retention retention = topics.get(partition.topic());
			Long first = partition.firstUnread();
			if (retention != null && retention.ms() != null && first != null) {
				unread.put(partition.topicPartition(), first);
				kept.put(partition.topicPartition(), Duration.ofMillis(retention.ms()));
			}
		}
		Map<TopicPartition, Written> written = new HashMap<>();
		kept.forEach((partition, time) -> written.put(partition, new Written(group.at().minus(time), group.at())));
		narrow(written, unread, search);
		// the others are in the younger half
		written.values().removeIf((when) -> !when.latest().isBefore(group.at()) || when.isKnown());
		for (int i = 0; i < STEPS; i++) {
			narrow(written, unread, search);
		}
		return new UnreadRetention(topics, written.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(when) -> when.getValue().earliest().plus(kept.getOrDefault(when.getKey(), Duration.ZERO)))));
	}

	private static void narrow(Map<TopicPartition, Written> written, Map<TopicPartition, Long> unread, Search search) {
		Map<TopicPartition, Instant> asked = new HashMap<>();
		written.forEach((partition, when) -> {
			if (!when.isKnown()) {
				asked.put(partition, when.middle());
			}
		});
		if (asked.isEmpty()) {
			return;
		}
		Map<TopicPartition, Found> told = search.firstSince(asked);
		written.keySet().removeIf((partition) -> asked.containsKey(partition) && !told.containsKey(partition));
		told.forEach((partition, found) -> written.computeIfPresent(partition,
				(key, when) -> when.narrowed(Objects.requireNonNull(unread.get(key)), found)));
	}

	/**
	 * The partition whose unread records may be deleted first, with the time; empty where
	 * none of them is close to that.
	 */
	Optional<Map.Entry<String, Instant>> next(GroupSnapshot group) {
		Map<String, Instant> near = new HashMap<>();
		for (Partition partition : group.activePartitions()) {
			Instant from = this.deletable.get(partition.topicPartition());
			if (from != null && partition.firstUnread() != null) {
				near.put(partition.name(), from);
			}
		}
		return near.entrySet().stream().min(Map.Entry.comparingByValue());
	}

}
