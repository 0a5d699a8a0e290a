package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

import lab.console.group.PossibleCause;
import org.jspecify.annotations.Nullable;

/**
 * The members of a group and the partitions that each reads, from change to change.
 */
final class PartitionReaders {

	/**
	 * How long before a change its cause may be: an idle member that is killed is out of
	 * the group when its session ends, by default 45 s later.
	 */
	private static final Duration CAUSE_WINDOW = Duration.ofMinutes(1);

	private final Collection<PossibleCause> marks;

	private final boolean shared;

	private final Map<String, Set<String>> readers = new TreeMap<>(PartitionName.ORDER);

	private final Set<String> members = new TreeSet<>();

	private final Map<String, Instant> ownerless = new HashMap<>();

	private @Nullable Integer epoch;

	PartitionReaders(Collection<PossibleCause> marks, boolean shared) {
		this.marks = marks;
		this.shared = shared;
	}

	/**
	 * Whether a partition may have several readers.
	 */
	boolean shared() {
		return this.shared;
	}

	/**
	 * The members, to add to and to remove from.
	 */
	Set<String> members() {
		return this.members;
	}

	/**
	 * Since when each partition that was given up has no owner, to add to and to remove
	 * from.
	 */
	Map<String, Instant> ownerless() {
		return this.ownerless;
	}

	/**
	 * The highest member epoch or generation so far.
	 */
	@Nullable Integer epoch() {
		return this.epoch;
	}

	void raiseEpoch(int epoch) {
		this.epoch = (this.epoch != null) ? Integer.valueOf(Math.max(this.epoch, epoch)) : Integer.valueOf(epoch);
	}

	/**
	 * Adds what a member was assigned in the first snapshot.
	 */
	void find(AssignmentChange change) {
		this.members.add(change.member());
		change.owned().forEach((partition) -> read(partition, change.member()));
	}

	/**
	 * Adds a reader of the partition, in the place of its owner where it has one.
	 * @return the readers before
	 */
	Set<String> read(String partition, String member) {
		Set<String> before = Objects.requireNonNullElse(this.readers.get(partition), Set.of());
		Set<String> now = new TreeSet<>(this.shared ? before : Set.of());
		now.add(member);
		this.readers.put(partition, now);
		return before;
	}

	/**
	 * Removes the member from its partitions, apart from those it kept.
	 * @return the partitions that have no reader any more
	 */
	List<String> giveUp(String member, Collection<String> kept) {
		List<String> without = new ArrayList<>();
		this.readers.forEach((partition, by) -> {
			if (!kept.contains(partition) && by.remove(member) && by.isEmpty()) {
				without.add(partition);
			}
		});
		this.readers.keySet().removeAll(without);
		return without;
	}

	/**
	 * Whether no partition has a reader.
	 */
	boolean nothingIsRead() {
		return this.readers.isEmpty();
	}

	Map<String, Set<String>> copy() {
		Map<String, Set<String>> copy = new TreeMap<>(PartitionName.ORDER);
		this.readers.forEach((partition, by) -> copy.put(partition, Set.copyOf(by)));
		return copy;
	}

	/**
	 * When the member's process died or was paused, where that is known.
	 */
	Optional<Instant> silentSince(String member, Instant before) {
		return last(before,
				(mark, kind) -> mark.target().equals(member)
						&& (kind == PossibleCause.Kind.DIED || kind == PossibleCause.Kind.PAUSED))
			.map(PossibleCause::at);
	}

	/**
	 * The last of the possible causes within a minute before.
	 */
	Optional<PossibleCause> last(Instant before, BiPredicate<PossibleCause, PossibleCause.Kind> wanted) {
		return this.marks.stream()
			.filter((mark) -> !mark.at().isAfter(before) && mark.at().isAfter(before.minus(CAUSE_WINDOW))
					&& wanted.test(mark, mark.kind()))
			.max(Comparator.comparing(PossibleCause::at));
	}

}