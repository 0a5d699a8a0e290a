package lab.console.watch;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.watch.GroupView.Traffic;
import org.jspecify.annotations.Nullable;

/**
 * The lag of the group in the last two minutes, and how many records are written.
 */
final class LagHistory {

	private static final int SECONDS = 120;

	/**
	 * The lag of that many partitions is kept: of those with the most.
	 */
	private static final int MAX_PARTITIONS = 12;

	private final TreeMap<Long, Map<String, Long>> lag = new TreeMap<>();

	private Traffic traffic = new Traffic(0, 0);

	void add(@Nullable GroupSnapshot before, GroupSnapshot now) {
		long second = now.at().getEpochSecond();
		this.lag.put(second, lag(now));
		this.lag.headMap(second - SECONDS).clear();
		if (before != null) {
			long placed = Math.max(0, ends(now) - ends(before));
			double seconds = Math.max(1, Duration.between(before.at(), now.at()).toMillis()) / 1000.0;
			this.traffic = new Traffic(this.traffic.placed() + placed, Math.round(10 * placed / seconds) / 10.0);
		}
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

	private static long ends(GroupSnapshot snapshot) {
		return snapshot.partitions()
			.stream()
			.map(Partition::end)
			.filter(Objects::nonNull)
			.mapToLong(Long::longValue)
			.sum();
	}

	/**
	 * By epoch second and partition.
	 */
	SortedMap<Long, Map<String, Long>> lag() {
		return new TreeMap<>(this.lag);
	}

	Traffic traffic() {
		return this.traffic;
	}

}
