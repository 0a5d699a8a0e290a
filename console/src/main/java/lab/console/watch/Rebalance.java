package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.console.group.PossibleCause;
import lab.console.watch.AssignmentChange.Kind;
import lab.console.watch.AssignmentChange.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What belongs together of the changes: from a reader of each partition to a reader of
 * each partition. Everywhere but in a share group that is its one owner.
 *
 * @param until the last change so far
 * @param open whether a partition that was given up waits for its next owner
 * @param causes why, as far as can be told
 * @param before each partition's owner before the first change, or its readers
 * @param after each partition's owner after the last, or its readers
 * @param moved partitions that nobody reads who did before
 * @param kept partitions that somebody reads who did before
 * @param added partitions that nobody read before
 * @param stood how long nobody read partitions in between, in milliseconds, where both
 * ends are known
 * @param epochBefore highest member epoch or generation before
 * @param epochAfter highest member epoch or generation after
 * @param source {@code INFERRED} as soon as one of its changes is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rebalance(Instant at, Instant until, boolean open, List<Cause> causes, Map<String, String> before,
		Map<String, String> after, List<String> moved, List<String> kept, List<String> added, Map<String, Long> stood,
		@Nullable Integer epochBefore, @Nullable Integer epochAfter, Origin source) {

	/**
	 * Changes further apart belong to different rebalances, once every partition has an
	 * owner.
	 */
	private static final Duration APART = Duration.ofSeconds(2);

	/**
	 * An idle member that is killed is out of its group when its session ends, at most 45
	 * s later as Kafka ships.
	 */
	private static final Duration MEMORY = Duration.ofMinutes(1);

	/**
	 * A reason, as a sentence with values.
	 *
	 * @param observed whether it was done here; else it is inferred from what changed
	 */
	public record Cause(String key, List<String> values, boolean observed) {
	}

	/**
	 * Folds the changes into rebalances.
	 * @param changes in the order of their time
	 * @param marks what may have caused them, in the order of their time
	 * @param shared whether a partition may have several readers; else who is given it is
	 * its owner
	 */
	static List<Rebalance> of(Collection<AssignmentChange> changes, Collection<PossibleCause> marks, boolean shared) {
		List<Rebalance> rebalances = new ArrayList<>();
		Group group = new Group(marks, shared);
		Fold fold = null;
		for (AssignmentChange change : changes) {
			if (change.kind() == Kind.FOUND) {
				group.find(change);
				continue;
			}
			if (fold == null || fold.isOver(change.at())) {
				if (fold != null) {
					rebalances.add(fold.rebalance());
				}
				fold = new Fold(group, change.at());
			}
			fold.apply(change);
		}
		if (fold != null) {
			rebalances.add(fold.rebalance());
		}
		return rebalances;
	}

	/**
	 * Who is in the group and reads what, from change to change.
	 */
	private static final class Group {

		private final Collection<PossibleCause> marks;

		private final boolean shared;

		private final Map<String, Set<String>> readers = new TreeMap<>(PartitionName.ORDER);

		private final Set<String> members = new TreeSet<>();

		private final Map<String, Instant> ownerless = new HashMap<>();

		private @Nullable Integer epoch;

		Group(Collection<PossibleCause> marks, boolean shared) {
			this.marks = marks;
			this.shared = shared;
		}

		void find(AssignmentChange change) {
			this.members.add(change.member());
			change.owned().forEach((partition) -> read(partition, change.member()));
		}

		/**
		 * @return who read it before
		 */
		Set<String> read(String partition, String member) {
			Set<String> before = Objects.requireNonNullElse(this.readers.get(partition), Set.of());
			Set<String> now = new TreeSet<>(this.shared ? before : Set.of());
			now.add(member);
			this.readers.put(partition, now);
			return before;
		}

		/**
		 * @return what nobody reads from now on
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

		Map<String, Set<String>> copy() {
			Map<String, Set<String>> copy = new TreeMap<>(PartitionName.ORDER);
			this.readers.forEach((partition, by) -> copy.put(partition, Set.copyOf(by)));
			return copy;
		}

		/**
		 * When the member fell silent, where that was seen.
		 */
		Optional<Instant> silentSince(String member, Instant before) {
			return last(before,
					(mark, kind) -> mark.target().equals(member)
							&& (kind == PossibleCause.Kind.DIED || kind == PossibleCause.Kind.PAUSED))
				.map(PossibleCause::at);
		}

		Optional<PossibleCause> last(Instant before, BiPredicate<PossibleCause, PossibleCause.Kind> wanted) {
			return this.marks.stream()
				.filter((mark) -> !mark.at().isAfter(before) && mark.at().isAfter(before.minus(MEMORY))
						&& wanted.test(mark, mark.kind()))
				.max(Comparator.comparing(PossibleCause::at));
		}

	}

	private static final class Fold {

		private final Group group;

		private final Instant at;

		private final Map<String, Set<String>> before;

		private final Set<String> membersBefore;

		private final Set<String> joined = new TreeSet<>();

		private final Set<String> gone = new TreeSet<>();

		private final Set<String> givenBack = new TreeSet<>();

		private final Map<String, Long> stood = new TreeMap<>(PartitionName.ORDER);

		private final @Nullable Integer epochBefore;

		private Instant until;

		private Origin source = Origin.PUBLISHED;

		Fold(Group group, Instant at) {
			this.group = group;
			this.at = at;
			this.until = at;
			this.before = group.copy();
			this.membersBefore = new TreeSet<>(group.members);
			this.epochBefore = group.epoch;
			// waited for by nobody: the group has been without members
			group.ownerless.clear();
		}

		boolean isOver(Instant next) {
			return Duration.between(this.until, next).compareTo(APART) > 0 && !isOpen();
		}

		boolean isOpen() {
			return !this.group.ownerless.isEmpty() && !this.group.members.isEmpty();
		}

		void apply(AssignmentChange change) {
			this.until = change.at();
			if (change.source() == Origin.INFERRED) {
				this.source = Origin.INFERRED;
			}
			if (change.epoch() != null && change.epoch() >= 0) {
				this.group.epoch = (this.group.epoch != null && change.epoch() < this.group.epoch) ? this.group.epoch
						: change.epoch();
			}
			String member = change.member();
			if (change.kind() == Kind.GONE) {
				this.group.members.remove(member);
				this.joined.remove(member);
				this.gone.add(member);
			}
			else if (this.group.members.add(member)) {
				this.joined.add(member);
			}
			else if (change.kind() == Kind.ASSIGNED && hadBefore(member, change.partitions())) {
				this.givenBack.add(member);
			}
			boolean said = change.kind() == Kind.REVOKED || change.kind() == Kind.LOST;
			this.group.giveUp(member, change.owned())
				.forEach((partition) -> this.group.ownerless.put(partition,
						said ? change.at() : this.group.silentSince(member, change.at()).orElse(Instant.MAX)));
			change.owned().forEach((partition) -> read(member, partition, change));
		}

		private boolean hadBefore(String member, List<String> partitions) {
			return !partitions.isEmpty() && partitions.stream()
				.allMatch((partition) -> this.before.getOrDefault(partition, Set.of()).contains(member));
		}

		private void read(String member, String partition, AssignmentChange change) {
			Set<String> previous = this.group.read(partition, member);
			if (previous.contains(member)) {
				return;
			}
			Instant since = this.group.ownerless.remove(partition);
			if (!previous.isEmpty()) {
				// taken from one who said nothing, unless both read it
				since = this.group.shared ? null
						: this.group.silentSince(previous.iterator().next(), change.at()).orElse(Instant.MAX);
			}
			else if (!this.before.containsKey(partition)) {
				since = this.group
					.last(change.at(),
							(mark, kind) -> kind == PossibleCause.Kind.GROWN && mark.observed()
									&& mark.target().equals(partition))
					.map(PossibleCause::at)
					.orElse(Instant.MAX);
			}
			if (since != null && since.isBefore(change.at()) && change.source() == Origin.PUBLISHED) {
				this.stood.put(partition, Duration.between(since, change.at()).toMillis());
			}
		}

		Rebalance rebalance() {
			Map<String, Set<String>> after = this.group.copy();
			List<String> both = this.before.keySet().stream().filter(after::containsKey).toList();
			List<String> moved = both.stream()
				.filter((partition) -> Collections.disjoint(this.before.get(partition), after.get(partition)))
				.toList();
			List<String> kept = both.stream().filter((partition) -> !moved.contains(partition)).toList();
			List<String> added = after.keySet()
				.stream()
				.filter((partition) -> !this.before.containsKey(partition))
				.toList();
			return new Rebalance(this.at, this.until, isOpen(), causes(added), named(this.before), named(after), moved,
					kept, added, this.stood, this.epochBefore, this.group.epoch, this.source);
		}

		private static Map<String, String> named(Map<String, Set<String>> readers) {
			Map<String, String> named = new TreeMap<>(PartitionName.ORDER);
			readers.forEach((partition, by) -> named.put(partition, String.join(", ", new TreeSet<>(by))));
			return named;
		}

		private List<Cause> causes(List<String> added) {
			List<Cause> causes = new ArrayList<>();
			for (String member : this.gone) {
				Optional<PossibleCause> mark = lastOf(member, PossibleCause.Kind.STOPPED, PossibleCause.Kind.DIED,
						PossibleCause.Kind.PAUSED);
				String key = mark.map((found) -> switch (found.kind()) {
					case DIED -> "cause.died";
					case PAUSED -> "cause.paused";
					default -> "cause.left";
				}).orElse("cause.gone");
				causes.add(cause(key, member, mark));
			}
			for (String member : this.joined) {
				if (!this.membersBefore.contains(member)) {
					Optional<PossibleCause> mark = lastOf(member, PossibleCause.Kind.STARTED,
							PossibleCause.Kind.RESUMED);
					boolean back = mark.filter((found) -> found.kind() == PossibleCause.Kind.RESUMED).isPresent();
					causes.add(cause(back ? "cause.back" : "cause.joined", member, mark));
				}
			}
			List<String> grown = added.stream()
				.filter((partition) -> lastOf(partition, PossibleCause.Kind.GROWN).isPresent())
				.toList();
			if (!grown.isEmpty()) {
				causes.add(
						cause("cause.grown", String.join(", ", grown), lastOf(grown.get(0), PossibleCause.Kind.GROWN)));
			}
			else if (causes.isEmpty() && !added.isEmpty() && !this.before.isEmpty()) {
				causes.add(cause("cause.grown", String.join(", ", added), Optional.empty()));
			}
			if (causes.isEmpty() && this.epochBefore != null && this.epochBefore.equals(this.group.epoch)) {
				// no rebalance in the coordinator's eyes
				this.givenBack.forEach((member) -> causes
					.add(cause("cause.returned", member, lastOf(member, PossibleCause.Kind.STARTED))));
			}
			if (causes.isEmpty()) {
				causes.add(new Cause("cause.unknown", List.of(), false));
			}
			return causes;
		}

		private Optional<PossibleCause> lastOf(String target, PossibleCause.Kind... kinds) {
			return this.group.last(this.until,
					(mark, kind) -> mark.target().equals(target) && List.of(kinds).contains(kind));
		}

		private static Cause cause(String key, String target, Optional<PossibleCause> mark) {
			return new Cause(key, List.of(target), mark.map(PossibleCause::observed).orElse(false));
		}

	}

}
