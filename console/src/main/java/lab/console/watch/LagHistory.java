package lab.console.watch;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.watch.GroupView.Traffic;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The lag of the group in the last ten minutes, and how many records are written.
 */
final class LagHistory {

	private static final int SECONDS = 600;

	/**
	 * The seconds from one sample that is kept to the next; the newest is that of the
	 * last second.
	 */
	private static final int STEP = 5;

	/**
	 * The lag of that many partitions is kept: of those with the most.
	 */
	private static final int MAX_PARTITIONS = 12;

	private final TreeMap<Long, Map<String, Long>> lag = new TreeMap<>();

	/** The last known end offset of each partition. */
	private final Map<TopicPartition, Long> ends = new HashMap<>();

	private Traffic traffic = Traffic.UNKNOWN;

	void add(@Nullable GroupSnapshot before, GroupSnapshot now) {
		long second = now.at().getEpochSecond();
		this.lag.put(second - second % STEP, lag(now));
		this.lag.headMap(second - SECONDS).clear();
		long written = written(now);
		double seconds = (before != null) ? Math.max(1, Duration.between(before.at(), now.at()).toMillis()) / 1000.0
				: 1;
		this.traffic = this.ends.isEmpty() ? Traffic.UNKNOWN
				: new Traffic(this.ends.values().stream().mapToLong(Long::longValue).sum(),
						Math.round(10 * written / seconds) / 10.0);
	}

	/**
	 * Takes the end offsets, and returns how many records were written to the partitions
	 * whose end offset was known before. Where it is not known for the moment, because a
	 * partition has no leader, the last known one stays.
	 */
	private long written(GroupSnapshot now) {
		this.ends.keySet().retainAll(now.partitions().stream().map(Partition::topicPartition).toList());
		long written = 0;
		for (Partition partition : now.partitions()) {
			Long end = partition.end();
			if (end != null) {
				Long last = this.ends.put(partition.topicPartition(), end);
				written += (last != null) ? Math.max(0, end - last) : 0;
			}
		}
		return written;
	}

	private static Map<String, Long> lag(GroupSnapshot now) {
		Map<String, Long> lag = new LinkedHashMap<>();
		now.partitions()
			.stream()
			.filter((partition) -> partition.lag() != null)
			.sorted(Comparator.comparing(Partition::lag, Comparator.reverseOrder()))
			.limit(MAX_PARTITIONS)
			.forEach((partition) -> lag.put(partition.name(), partition.lag()));
		now.partitions()
			.stream()
			.map(Partition::lag)
			.filter(Objects::nonNull)
			.reduce(Long::sum)
			.ifPresent((total) -> lag.put("total", total));
		return lag;
	}

	/**
	 * By partition, and by the epoch second at which the time that a sample stands for
	 * begins.
	 */
	SortedMap<Long, Map<String, Long>> lag() {
		return new TreeMap<>(this.lag);
	}

	Traffic traffic() {
		return this.traffic;
	}

}
