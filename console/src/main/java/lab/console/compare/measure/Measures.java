package lab.console.compare.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.console.compare.measure.Ownership.Moment;
import org.jspecify.annotations.Nullable;

/**
 * What the rebalance in a {@link Recording} cost. Times are in milliseconds.
 *
 * @param reassignedMs from the action until every partition had exactly one owner again
 * (in a share group: at least one) and kept it
 * @param handledMs from the action until the new owner of every partition that had been
 * without one had handled a record of it; null if no partition was without an owner
 * @param stoodStillMs longest time without a handled record in the partitions that the
 * action did not concern: those that existed before, whose owner was not touched and is
 * the same in the end; null if there is no such partition
 * @param longestGapMs longest time without a handled record in any partition that existed
 * before; null if none did
 * @param movedNeedlessly number of times that a partition moved to another owner, minus
 * the moves that the action required
 * @param twice number of times that a record was handled again
 * @param lost number of records that were never handled
 * @param disordered number of records that were first handled after a later record of the
 * same key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measures(long reassignedMs, @Nullable Long handledMs, @Nullable Long stoodStillMs,
		@Nullable Long longestGapMs, int movedNeedlessly, int twice, int lost, int disordered) {

	public static Measures of(Recording recording) {
		Ownership ownership = Ownership.of(recording.changes(), recording.silenced());
		return new Measures(reassigned(recording, ownership), handled(recording, ownership),
				longestGap(recording, (partition) -> stays(recording, ownership, partition)),
				longestGap(recording, (partition) -> true), movedNeedlessly(recording, ownership), twice(recording),
				lost(recording), disordered(recording));
	}

	/**
	 * If every partition had its owner all the time, until the last ownership change.
	 */
	private static long reassigned(Recording recording, Ownership ownership) {
		List<Moment> moments = ownership.between(recording.action(), recording.until());
		Instant since = moments.get(moments.size() - 1).at();
		for (int i = moments.size() - 1; i > 0; i--) {
			if (!moments.get(i - 1).complete(recording.partitions(), recording.shared())) {
				since = moments.get(i).at();
				break;
			}
		}
		return millis(recording.action(), since);
	}

	private static @Nullable Long handled(Recording recording, Ownership ownership) {
		List<Moment> moments = ownership.between(recording.action(), recording.until());
		Long longest = null;
		for (int partition = 0; partition < recording.partitions(); partition++) {
			Instant ownedSince = ownedAgainSince(moments, partition, recording.shared());
			if (ownedSince != null) {
				long took = firstHandled(recording, ownership, partition, ownedSince);
				longest = (longest != null) ? Long.valueOf(Math.max(longest, took)) : Long.valueOf(took);
			}
		}
		return longest;
	}

	/**
	 * Since when the partition has an owner again; null if it always had one.
	 */
	private static @Nullable Instant ownedAgainSince(List<Moment> moments, int partition, boolean shared) {
		Instant since = null;
		for (int i = 1; i < moments.size(); i++) {
			if (moments.get(i).owned(partition, shared) && !moments.get(i - 1).owned(partition, shared)) {
				since = moments.get(i).at();
			}
		}
		return since;
	}

	private static long firstHandled(Recording recording, Ownership ownership, int partition, Instant since) {
		Set<String> owners = ownership.at(since).of(partition);
		return recording.handled()
			.stream()
			.filter((handled) -> handled.partition() == partition && owners.contains(handled.member())
					&& !handled.at().isBefore(since))
			.map(HandledRecord::at)
			.min(Instant::compareTo)
			.map((at) -> millis(recording.action(), at))
			.orElseGet(() -> millis(recording.action(), recording.end()));
	}

	private static boolean stays(Recording recording, Ownership ownership, int partition) {
		Set<String> before = ownership.at(recording.action().minusMillis(1)).of(partition);
		return !before.isEmpty() && before.stream().noneMatch(recording.touched()::contains)
				&& (recording.shared() || before.equals(ownership.last().of(partition)));
	}

	private static @Nullable Long longestGap(Recording recording, Predicate<Integer> partitions) {
		Long longest = null;
		for (int partition : IntStream.range(0, recording.partitionsBefore()).boxed().filter(partitions).toList()) {
			long gap = longestGap(recording, partition);
			longest = (longest != null) ? Long.valueOf(Math.max(longest, gap)) : Long.valueOf(gap);
		}
		return longest;
	}

	/**
	 * The gap in which the action falls counts from the last record before it, the last
	 * gap up to the end of the load.
	 */
	private static long longestGap(Recording recording, int partition) {
		List<Instant> times = new ArrayList<>();
		Instant last = recording.action();
		for (HandledRecord handled : recording.handled()) {
			if (handled.partition() == partition && !handled.at().isAfter(recording.end())) {
				if (handled.at().isBefore(recording.action())) {
					last = handled.at();
				}
				else {
					times.add(handled.at());
				}
			}
		}
		times.sort(Instant::compareTo);
		times.add(recording.end());
		long longest = 0;
		for (Instant time : times) {
			longest = Math.max(longest, millis(last, time));
			last = time;
		}
		return longest;
	}

	private static int movedNeedlessly(Recording recording, Ownership ownership) {
		if (recording.shared()) {
			return 0;
		}
		int moves = 0;
		List<Moment> moments = ownership.between(recording.action().minusMillis(1), recording.end());
		for (int partition = 0; partition < recording.partitionsBefore(); partition++) {
			Set<String> owner = Set.of();
			for (Moment moment : moments) {
				Set<String> now = moment.of(partition);
				if (!now.isEmpty() && !owner.isEmpty() && !now.equals(owner)) {
					moves++;
				}
				owner = now.isEmpty() ? owner : now;
			}
		}
		return Math.max(0, moves - recording.needed());
	}

	private static int twice(Recording recording) {
		return recording.handled().size()
				- (int) recording.handled().stream().map(HandledRecord::id).distinct().count();
	}

	private static int lost(Recording recording) {
		Set<String> handled = new HashSet<>(recording.handled().stream().map(HandledRecord::id).toList());
		return (int) recording.placed().stream().filter((placed) -> !handled.contains(placed.id())).count();
	}

	private static int disordered(Recording recording) {
		Map<String, AcknowledgedRecord> placed = new HashMap<>();
		recording.placed().forEach((record) -> placed.put(record.id(), record));
		Map<String, Long> latest = new HashMap<>();
		Set<String> seen = new HashSet<>();
		int disordered = 0;
		for (HandledRecord handled : recording.handled()) {
			AcknowledgedRecord record = placed.get(handled.id());
			if (record != null && seen.add(handled.id())) {
				long last = latest.getOrDefault(record.key(), -1L);
				if (record.number() < last) {
					disordered++;
				}
				latest.put(record.key(), Math.max(last, record.number()));
			}
		}
		return disordered;
	}

	private static long millis(Instant from, Instant to) {
		return Duration.between(from, to).toMillis();
	}

}
