package lab.console.group;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import lab.console.group.GroupSnapshot.Partition;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * When records arrived, as the end offsets of snapshots tell it: with the first snapshot
 * that shows them. So the lag of a group is known as a time without reading a record.
 */
public final class Arrivals {

	private final Duration kept;

	/** When each end offset of a partition was seen first. */
	private final Map<TopicPartition, TreeMap<Long, Instant>> ends = new HashMap<>();

	/**
	 * @param kept how long an arrival is remembered
	 */
	public Arrivals(Duration kept) {
		this.kept = kept;
	}

	public void look(GroupSnapshot now) {
		this.ends.keySet().retainAll(now.partitions().stream().map(Partition::topicPartition).toList());
		for (Partition partition : now.partitions()) {
			Long end = partition.end();
			if (end == null) {
				continue;
			}
			TreeMap<Long, Instant> seen = this.ends.computeIfAbsent(partition.topicPartition(),
					(key) -> new TreeMap<>());
			if (!seen.isEmpty() && seen.lastKey() > end) {
				// the topic was created again
				seen.clear();
			}
			seen.putIfAbsent(end, now.at());
			while (seen.size() > 1 && seen.firstEntry().getValue().isBefore(now.at().minus(this.kept))) {
				seen.pollFirstEntry();
			}
		}
	}

	/**
	 * Since when the first record waits that the group has not read; null where none
	 * waits, or it is not known.
	 */
	public @Nullable Unread unread(Partition partition) {
		TreeMap<Long, Instant> seen = this.ends.get(partition.topicPartition());
		Long first = partition.firstUnread();
		if (seen == null || first == null) {
			return null;
		}
		Map.Entry<Long, Instant> arrival = seen.higherEntry(first);
		return (arrival != null) ? new Unread(arrival.getValue(), arrival.getKey().equals(seen.firstKey())) : null;
	}

}
