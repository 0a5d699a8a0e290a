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
 * What the rebalance of one {@link Recording} cost. Times are milliseconds from the action
 * on.
 *
 * @param reassignedMs until every partition had its one owner again, for good
 * @param handledMs until the owner had handled a record of each partition that had been
 * without one; none where no partition was
 * @param stoodStillMs the longest time without a handled record in a partition that was
 * not the action's to move: it was there before, its owner was not touched, and it has
 * that owner in the end; none where there is no such partition
 * @param longestGapMs the longest time without a handled record in any partition that was
 * there before
 * @param movedNeedlessly how often a partition got another owner, less how often one had
 * to
 * @param twice how many records were handled again
 * @param lost how many records were never handled
 * @param disordered how many records were first handled after a later one of the same key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measures(long reassignedMs, @Nullable Long handledMs, @Nullable Long stoodStillMs,
		@Nullable Long longestGapMs, int movedNeedlessly, int twice, int lost, int disordered) {

	public static Measures of(Recording history) {
		Ownership ownership = Ownership.of(history.changes(), history.silenced());
		return new Measures(reassigned(history, ownership), handled(history, ownership),
				longestGap(history, (partition) -> stays(history, ownership, partition)),
				longestGap(history, (partition) -> true), movedNeedlessly(history, ownership), twice(history),
				lost(history), disordered(history));
	}

	/**
	 * Where no partition was ever without its owner, until the last that was heard of it.
	 */
	private static long reassigned(Recording history, Ownership ownership) {
		List<Moment> moments = ownership.between(history.action(), history.until());
		Instant since = moments.get(moments.size() - 1).at();
		for (int i = moments.size() - 1; i > 0; i--) {
			if (!moments.get(i - 1).complete(history.partitions(), history.shared())) {
				since = moments.get(i).at();
				break;
			}
		}
		return millis(history.action(), since);
	}

	private static @Nullable Long handled(Recording history, Ownership ownership) {
		List<Moment> moments = ownership.between(history.action(), history.until());
		Long longest = null;
		for (int partition = 0; partition < history.partitions(); partition++) {
			Instant ownedSince = ownedAgainSince(moments, partition, history.shared());
			if (ownedSince != null) {
				long took = firstHandled(history, ownership, partition, ownedSince);
				longest = (longest != null) ? Long.valueOf(Math.max(longest, took)) : Long.valueOf(took);
			}
		}
		return longest;
	}

	/**
	 * Since when the partition has the owner that it was without before; none if it
	 * always had one.
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

	private static long firstHandled(Recording history, Ownership ownership, int partition, Instant since) {
		Set<String> owners = ownership.at(since).of(partition);
		return history.handled()
			.stream()
			.filter((handled) -> handled.partition() == partition && owners.contains(handled.member())
					&& !handled.at().isBefore(since))
			.map(HandledRecord::at)
			.min(Instant::compareTo)
			.map((at) -> millis(history.action(), at))
			.orElseGet(() -> millis(history.action(), history.end()));
	}

	private static boolean stays(Recording history, Ownership ownership, int partition) {
		Set<String> before = ownership.at(history.action().minusMillis(1)).of(partition);
		return !before.isEmpty() && before.stream().noneMatch(history.touched()::contains)
				&& (history.shared() || before.equals(ownership.last().of(partition)));
	}

	private static @Nullable Long longestGap(Recording history, Predicate<Integer> partitions) {
		Long longest = null;
		for (int partition : IntStream.range(0, history.partitionsBefore()).boxed().filter(partitions).toList()) {
			long gap = longestGap(history, partition);
			longest = (longest != null) ? Long.valueOf(Math.max(longest, gap)) : Long.valueOf(gap);
		}
		return longest;
	}

	/**
	 * Also the gap that the action falls into, and the one that the end cuts off.
	 */
	private static long longestGap(Recording history, int partition) {
		List<Instant> times = new ArrayList<>();
		Instant last = history.action();
		for (HandledRecord handled : history.handled()) {
			if (handled.partition() == partition && !handled.at().isAfter(history.end())) {
				if (handled.at().isBefore(history.action())) {
					last = handled.at();
				}
				else {
					times.add(handled.at());
				}
			}
		}
		times.sort(Instant::compareTo);
		times.add(history.end());
		long longest = 0;
		for (Instant time : times) {
			longest = Math.max(longest, millis(last, time));
			last = time;
		}
		return longest;
	}

	private static int movedNeedlessly(Recording history, Ownership ownership) {
		if (history.shared()) {
			return 0;
		}
		int moves = 0;
		List<Moment> moments = ownership.between(history.action().minusMillis(1), history.end());
		for (int partition = 0; partition < history.partitionsBefore(); partition++) {
			Set<String> owner = Set.of();
			for (Moment moment : moments) {
				Set<String> now = moment.of(partition);
				if (!now.isEmpty() && !owner.isEmpty() && !now.equals(owner)) {
					moves++;
				}
				owner = now.isEmpty() ? owner : now;
			}
		}
		return Math.max(0, moves - history.needed());
	}

	private static int twice(Recording history) {
		return history.handled().size() - (int) history.handled().stream().map(HandledRecord::id).distinct().count();
	}

	private static int lost(Recording history) {
		Set<String> handled = new HashSet<>(history.handled().stream().map(HandledRecord::id).toList());
		return (int) history.placed().stream().filter((placed) -> !handled.contains(placed.id())).count();
	}

	private static int disordered(Recording history) {
		Map<String, AcknowledgedRecord> placed = new HashMap<>();
		history.placed().forEach((record) -> placed.put(record.id(), record));
		Map<String, Long> latest = new HashMap<>();
		Set<String> seen = new HashSet<>();
		int disordered = 0;
		for (HandledRecord handled : history.handled()) {
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
