package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import lab.console.group.PossibleCause;
import lab.console.watch.AssignmentChange.ChangeKind;
import lab.console.watch.AssignmentChange.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Folds changes into a {@link Rebalance}, and finds its causes.
 */
final class RebalanceFold {

	/**
	 * Changes further apart belong to different rebalances, once every partition has an
	 * owner.
	 */
	private static final Duration MAX_GAP = Duration.ofSeconds(2);

	/**
	 * Those that publish are the lab's products, with a heartbeat of half a second: a
	 * partition that moves has no owner for two of them. Where no partition has one for
	 * much longer, there are no members.
	 */
	private static final Duration LONGEST_MOVE = Duration.ofSeconds(5);

	private final PartitionReaders group;

	private final Collection<Standstill> standstills;

	private final CommitHistory commits;

	private final Instant at;

	private final Map<String, Set<String>> before;

	private final Set<String> membersBefore;

	private final Set<String> joined = new TreeSet<>();

	private final Set<String> gone = new TreeSet<>();

	private final Set<String> givenBack = new TreeSet<>();

	private final Map<String, Long> stood = new TreeMap<>(PartitionName.ORDER);

	private final Map<String, Rebalance.Estimate> about = new TreeMap<>(PartitionName.ORDER);

	/** Of the partitions that have no reader. */
	private final Map<String, GivenUp> givenUp = new HashMap<>();

	private final @Nullable Integer epochBefore;

	/** Since when no partition has a reader; null while one has. */
	private @Nullable Instant nobodySince;

	/** Whether that was so when it began, and had been otherwise. */
	private boolean nobodyBefore;

	/** The longest time without any reader. */
	private Duration nobody = Duration.ZERO;

	private Instant until;

	private Origin source = Origin.PUBLISHED;

	/**
	 * When a partition was given up, as far as that is known.
	 *
	 * @param earliest null where it is not known
	 * @param latest when it had no reader any more
	 */
	private record GivenUp(@Nullable Instant earliest, Instant latest) {
	}

	/**
	 * Folds the changes into rebalances.
	 * @param changes in the order of their time
	 * @param marks what may have caused them, in the order of their time
	 * @param shared whether a partition may have several readers
	 * @param standstills when the group rebalanced under the classic protocol
	 * @param commits when snapshots were taken, and what was committed
	 */
	static List<Rebalance> of(Collection<AssignmentChange> changes, Collection<PossibleCause> marks, boolean shared,
			Collection<Standstill> standstills, CommitHistory commits) {
		return of(changes, marks, shared, standstills, commits, Instant.MIN);
	}

	/**
	 * Folds the changes into rebalances.
	 * @param unwatchedUntil before this, members may have left without a change that says
	 * it: they have, when no partition has an owner for long
	 */
	static List<Rebalance> of(Collection<AssignmentChange> changes, Collection<PossibleCause> marks, boolean shared,
			Collection<Standstill> standstills, CommitHistory commits, Instant unwatchedUntil) {
		List<Rebalance> rebalances = new ArrayList<>();
		PartitionReaders group = new PartitionReaders(marks, shared);
		RebalanceFold fold = null;
		for (AssignmentChange change : changes) {
			if (change.kind() == ChangeKind.FOUND) {
				group.find(change);
				continue;
			}
			if (fold != null && fold.until.isBefore(unwatchedUntil) && fold.nobodyUntil(change.at())) {
				fold.allLeft();
			}
			if (fold == null) {
				fold = new RebalanceFold(group, standstills, commits, change.at());
			}
			else if (fold.isOver(change.at())) {
				rebalances.add(fold.rebalance());
				Instant nobodySince = fold.until.isBefore(unwatchedUntil) ? fold.nobodySince : null;
				fold = new RebalanceFold(group, standstills, commits, change.at());
				fold.nobodySince = nobodySince;
				fold.nobodyBefore = nobodySince != null;
			}
			fold.apply(change);
		}
		if (fold != null) {
			rebalances.add(fold.rebalance());
		}
		return rebalances;
	}

	private RebalanceFold(PartitionReaders group, Collection<Standstill> standstills, CommitHistory commits,
			Instant at) {
		this.group = group;
		this.standstills = standstills;
		this.commits = commits;
		this.at = at;
		this.until = at;
		this.before = group.copy();
		this.membersBefore = new TreeSet<>(group.members());
		this.epochBefore = group.epoch();
		// the group has had no members, so that no partition waits for an owner
		group.ownerless().clear();
	}

	boolean isOver(Instant next) {
		return Duration.between(this.until, next).compareTo(MAX_GAP) > 0 && !isOpen()
				&& this.standstills.stream().noneMatch((one) -> one.covers(this.until) && one.covers(next));
	}

	private boolean nobodyUntil(Instant next) {
		return this.group.nothingIsRead() && !this.group.members().isEmpty()
				&& Duration.between(this.until, next).compareTo(LONGEST_MOVE) > 0;
	}

	private void allLeft() {
		this.gone.addAll(this.group.members());
		this.joined.clear();
		this.group.members().clear();
	}

	boolean isOpen() {
		return !this.group.ownerless().isEmpty() && !this.group.members().isEmpty();
	}

	void apply(AssignmentChange change) {
		this.until = change.at();
		if (change.source() == Origin.INFERRED) {
			this.source = Origin.INFERRED;
		}
		if (change.epoch() != null && change.epoch() >= 0) {
			this.group.raiseEpoch(change.epoch());
		}
		String member = change.member();
		if (change.kind() == ChangeKind.GONE) {
			this.joined.remove(member);
			if (this.group.members().remove(member)) {
				this.gone.add(member);
			}
		}
		// a member that has lost its partitions has to join again
		else if (change.kind() != ChangeKind.LOST && this.group.members().add(member)) {
			this.joined.add(member);
		}
		else if (change.kind() == ChangeKind.ASSIGNED && hadBefore(member, change.partitions())) {
			this.givenBack.add(member);
		}
		boolean said = change.kind() == ChangeKind.REVOKED || change.kind() == ChangeKind.LOST;
		this.group.giveUp(member, change.owned()).forEach((partition) -> {
			this.group.ownerless()
				.put(partition, said ? change.at() : this.group.silentSince(member, change.at()).orElse(Instant.MAX));
			this.givenUp.put(partition, new GivenUp(said ? change.at() : this.commits.before(change.at()),
					(change.kind() == ChangeKind.WAITING) ? change.at().plus(Standstill.HEARTBEAT) : change.at()));
		});
		if (change.kind() == ChangeKind.GONE) {
			gone(change);
		}
		change.owned().forEach((partition) -> read(member, partition, change));
		nobody(change.at());
	}

	private void nobody(Instant now) {
		if (this.group.nothingIsRead()) {
			this.nobodySince = (this.nobodySince != null || this.before.isEmpty()) ? this.nobodySince : now;
		}
		else if (this.nobodySince != null) {
			Duration over = Duration.between(this.nobodySince, now);
			this.nobody = (over.compareTo(this.nobody) > 0) ? over : this.nobody;
			this.nobodySince = null;
		}
	}

	/**
	 * A member that is removed from the group may have read nothing for a while before,
	 * and one that waited for the rebalance to end before it was removed never did.
	 */
	private void gone(AssignmentChange change) {
		Optional<Instant> silent = this.group.silentSince(change.member(), change.at());
		this.givenUp.replaceAll((partition, when) -> {
			if (!this.before.getOrDefault(partition, Set.of()).contains(change.member())
					|| when.latest().equals(when.earliest())) {
				return when;
			}
			return silent.map((since) -> new GivenUp(since, since))
				.orElseGet(() -> new GivenUp(this.commits.unreadSince(partition, change.at()), when.latest()));
		});
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
		Instant since = this.group.ownerless().remove(partition);
		GivenUp givenUp = this.givenUp.remove(partition);
		if (!previous.isEmpty()) {
			// the owner before published nothing; in a share group both read it
			Optional<Instant> silent = this.group.silentSince(previous.iterator().next(), change.at());
			since = this.group.shared() ? null : silent.orElse(Instant.MAX);
			givenUp = this.group.shared() ? null : silent.map((at) -> new GivenUp(at, at))
				.orElseGet(() -> new GivenUp(lastRead(partition, change), change.at()));
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
			// again in one rebalance, as when the members are all restarted
			this.stood.merge(partition, Duration.between(since, change.at()).toMillis(), Long::sum);
		}
		else if (givenUp != null) {
			estimate(givenUp, change).ifPresent((estimate) -> this.about.put(partition, estimate));
		}
	}

	/**
	 * When the partition's owner may have read last, before another one was assigned it.
	 * A snapshot shows that the owner gave it up itself; an assignment that is published
	 * does not.
	 */
	private @Nullable Instant lastRead(String partition, AssignmentChange assigned) {
		return (assigned.source() == Origin.PUBLISHED) ? this.commits.unreadSince(partition, assigned.at())
				: this.commits.before(assigned.at());
	}

	private Optional<Rebalance.Estimate> estimate(GivenUp givenUp, AssignmentChange read) {
		Instant unread = (read.source() == Origin.PUBLISHED) ? read.at() : this.commits.before(read.at());
		long least = (unread == null) ? 0 : Math.max(0, Duration.between(givenUp.latest(), unread).toMillis());
		Long most = (givenUp.earliest() == null) ? null
				: Long.valueOf(Duration.between(givenUp.earliest(), read.at()).toMillis());
		return (least > 0 || most != null) ? Optional.of(new Rebalance.Estimate(least, most)) : Optional.empty();
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
		List<Standstill> still = this.standstills.stream()
			.filter((one) -> one.all() && one.overlaps(this.at, this.until))
			.toList();
		long allStood = still.stream().map(Standstill::seen).mapToLong(Duration::toMillis).sum();
		return new Rebalance(
				Stream.concat(Stream.of(this.at), still.stream().map(Standstill::from))
					.min(Instant::compareTo)
					.orElseThrow(),
				Stream.concat(Stream.of(this.until), still.stream().map(Standstill::over).filter(Objects::nonNull))
					.max(Instant::compareTo)
					.orElseThrow(),
				isOpen() || still.stream().anyMatch((one) -> one.over() == null), causes(added), named(this.before),
				named(after), moved, kept, added, this.stood, this.about,
				(allStood > 0) ? Long.valueOf(allStood) : null, this.epochBefore, this.group.epoch(), this.source);
	}

	private static Map<String, String> named(Map<String, Set<String>> readers) {
		Map<String, String> named = new TreeMap<>(PartitionName.ORDER);
		readers.forEach((partition, by) -> named.put(partition, String.join(", ", new TreeSet<>(by))));
		return named;
	}

	private List<Rebalance.Cause> causes(List<String> added) {
		List<Rebalance.Cause> causes = new ArrayList<>();
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
				Optional<PossibleCause> mark = lastOf(member, PossibleCause.Kind.STARTED, PossibleCause.Kind.RESUMED);
				boolean back = mark.filter((found) -> found.kind() == PossibleCause.Kind.RESUMED).isPresent();
				causes.add(cause(back ? "cause.back" : "cause.joined", member, mark));
			}
		}
		List<String> grown = added.stream()
			.filter((partition) -> lastOf(partition, PossibleCause.Kind.GROWN).isPresent())
			.toList();
		if (!grown.isEmpty()) {
			causes.add(cause("cause.grown", String.join(", ", grown), lastOf(grown.get(0), PossibleCause.Kind.GROWN)));
		}
		else if (causes.isEmpty() && !added.isEmpty() && !this.before.isEmpty()) {
			causes.add(cause("cause.grown", String.join(", ", added), Optional.empty()));
		}
		if (causes.isEmpty() && this.epochBefore != null && this.epochBefore.equals(this.group.epoch())) {
			// the coordinator has not rebalanced: the epoch is the same
			this.givenBack.forEach((member) -> causes
				.add(cause("cause.returned", member, lastOf(member, PossibleCause.Kind.STARTED))));
		}
		if ((causes.isEmpty() || this.nobodyBefore) && this.nobody.compareTo(MAX_GAP) > 0) {
			// such as a restart of all members, who do not tell that they leave
			causes.add(new Rebalance.Cause("cause.nobody", List.of(String.valueOf(this.nobody.toSeconds())), false));
		}
		if (causes.isEmpty()) {
			causes.add(new Rebalance.Cause("cause.unknown", List.of(), false));
		}
		return causes;
	}

	private Optional<PossibleCause> lastOf(String target, PossibleCause.Kind... kinds) {
		return this.group.last(this.until,
				(mark, kind) -> mark.target().equals(target) && List.of(kinds).contains(kind));
	}

	private static Rebalance.Cause cause(String key, String target, Optional<PossibleCause> mark) {
		return new Rebalance.Cause(key, List.of(target), mark.map(PossibleCause::observed).orElse(false));
	}

}
