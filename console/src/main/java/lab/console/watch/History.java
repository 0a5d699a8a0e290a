package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.PossibleCause;
import lab.console.group.Verdict.Level;
import lab.console.watch.AssignmentChange.ChangeKind;
import lab.console.watch.AssignmentChange.Origin;
import lab.console.watch.GroupView.FeedEntry;
import lab.console.watch.GroupView.HandledAgain;
import lab.console.watch.GroupView.Outage;
import lab.console.watch.GroupView.OwnedFrom;
import lab.console.watch.GroupView.StateFrom;
import lab.console.watch.GroupView.Timeline;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * What happened in the group, for as long as the board shows it.
 */
@RequiredArgsConstructor
final class History {

	static final Duration SHOWN = Duration.ofMinutes(5);

	/**
	 * More than is shown, because a rebalance begins with the owners before it.
	 */
	private static final int MAX_KEPT = 2000;

	private static final int MAX_ENTRIES = 50;

	/**
	 * How many records that were handled again are named for each rebalance.
	 */
	private static final int MAX_NAMED = 20;

	private static final Set<String> KEYS_WITH_SHARED_FORM = Set.of("event.assigned", "event.revoked",
			"event.revoked-all", "event.seen");

	private static final Comparator<AssignmentChange> BY_TIME = Comparator.comparing(AssignmentChange::at);

	private final Commands commands;

	private final List<AssignmentChange> changes = new ArrayList<>();

	private final List<PossibleCause> marks = new ArrayList<>();

	private final List<StateFrom> states = new ArrayList<>();

	private final List<Standstill> standstills = new ArrayList<>();

	private final CommitHistory commits = new CommitHistory();

	private final List<Outage> outages = new ArrayList<>();

	private final List<Repetition> repetitions = new ArrayList<>();

	/** The pauses without a commit that were said, by partition. */
	private final Map<String, Instant> stalls = new HashMap<>();

	/** How many records of each partition were deleted unread. */
	private final Map<String, Long> deletedUnread = new HashMap<>();

	private int handledAgain;

	private final TreeMap<Integer, FeedEntry> feed = new TreeMap<>();

	private int entries;

	/** The group's while it was stable last. */
	private @Nullable String assignor;

	/** Whether a partition may have several readers. */
	private boolean shared;

	/**
	 * When the first snapshot was taken, of a group whose members do not all give up
	 * their partitions to rebalance; before it, that the members leave is seen by nobody.
	 */
	private Instant unwatchedUntil = Instant.MIN;

	/** Null where something was added since they were computed. */
	private @Nullable List<Rebalance> rebalances;

	void add(AssignmentChange change) {
		keep(change);
		switch (change.kind()) {
			case ASSIGNED -> say(change.at(), Level.OK, told(assigned(change)), this.commands.published(),
					change.member(), listed(change.partitions()), listed(change.owned()));
			case REVOKED -> say(change.at(), Level.WAIT,
					told(change.owned().isEmpty() ? "event.revoked-all" : "event.revoked"), this.commands.published(),
					change.member(), listed(change.partitions()), listed(change.owned()));
			case LOST -> say(change.at(), Level.BAD, "event.lost", this.commands.published(), change.member(),
					listed(change.partitions()), listed(change.owned()));
			case SEEN -> say(change.at(), Level.NOTE, change.owned().isEmpty() ? "event.seen-idle" : told("event.seen"),
					this.commands.members(this.shared), change.member(), listed(change.owned()));
			case FOUND, WAITING -> {
				// no event
			}
			case GONE ->
				say(change.at(), Level.WAIT, "event.gone", this.commands.members(this.shared), change.member());
		}
	}

	private void keep(AssignmentChange change) {
		this.rebalances = null;
		this.changes.add(change);
		// events of several members do not arrive in the order of their times
		this.changes.sort(BY_TIME);
		if (this.changes.size() > MAX_KEPT) {
			this.changes.remove(0);
		}
	}

	/**
	 * Adds that the member has left the group since its last change. Nobody knows when,
	 * so that it is no event.
	 * @param seen when it was missed
	 */
	void leftSince(String member, Instant seen) {
		this.changes.stream()
			.filter((change) -> change.member().equals(member))
			.reduce((first, second) -> second)
			.filter((last) -> last.kind() != ChangeKind.GONE)
			.ifPresent((last) -> keep(new AssignmentChange(last.at(), member, ChangeKind.GONE, last.owned(), List.of(),
					null, Origin.INFERRED, seen)));
	}

	/**
	 * Removes what snapshots have shown of the member, which now tells it itself.
	 */
	void forgetSeen(String member, Instant since) {
		this.rebalances = null;
		this.changes.removeIf((change) -> change.kind() == ChangeKind.SEEN && change.member().equals(member)
				&& !change.at().isBefore(since));
		this.feed.values()
			.removeIf((entry) -> entry.key().startsWith("event.seen") && entry.values().get(0).equals(member)
					&& !entry.at().isBefore(since));
	}

	/**
	 * Under the classic protocol each rebalance calls back each member, also with nothing
	 * new.
	 */
	private static String assigned(AssignmentChange change) {
		if (!change.partitions().isEmpty()) {
			return "event.assigned";
		}
		return change.owned().isEmpty() ? "event.joined" : "event.nothing-new";
	}

	/**
	 * The key of the sentence; in a share group one that does not speak of owners.
	 */
	private String told(String key) {
		return (this.shared && KEYS_WITH_SHARED_FORM.contains(key)) ? key + "-shared" : key;
	}

	/**
	 * Adds what may have caused a rebalance. It takes the place of the same cause that
	 * was inferred before.
	 */
	void add(PossibleCause mark) {
		this.rebalances = null;
		if (mark.observed()) {
			this.marks.removeIf((seen) -> !seen.observed() && seen.kind() == mark.kind()
					&& seen.target().equals(mark.target()) && seen.at().isAfter(mark.at()));
		}
		this.marks.add(mark);
		this.marks.sort(Comparator.comparing(PossibleCause::at));
		if (this.marks.size() > MAX_KEPT) {
			this.marks.remove(0);
		}
		String command = (mark.kind() == PossibleCause.Kind.GROWN)
				? this.commands.partitions(PartitionName.topic(mark.target())) : this.commands.members(this.shared);
		List<String> values = new ArrayList<>(List.of(mark.target()));
		values.addAll(mark.values());
		String unread = (mark.kind() == PossibleCause.Kind.DIED && !this.shared) ? owned(mark) : "";
		if (!unread.isEmpty()) {
			values.add(unread);
		}
		say(mark.at(), (mark.kind() == PossibleCause.Kind.DIED) ? Level.BAD : Level.NOTE,
				event(mark) + (unread.isEmpty() ? "" : "-owning"), command, values.toArray());
	}

	private static String event(PossibleCause mark) {
		String values = switch (mark.values().size()) {
			case 0 -> "";
			case 1 -> "-to";
			default -> "-from";
		};
		return "event." + mark.kind().name().toLowerCase(Locale.ROOT) + values + (mark.observed() ? "-here" : "");
	}

	/**
	 * What the member owned at that time; empty where it owned nothing.
	 */
	private String owned(PossibleCause mark) {
		return this.changes.stream()
			.filter((change) -> change.member().equals(mark.target()) && !change.at().isAfter(mark.at()))
			.reduce((first, second) -> second)
			.map((last) -> String.join(", ", last.owned()))
			.orElse("");
	}

	/**
	 * Adds that a record was handled once more.
	 */
	void add(Repetition repetition) {
		this.handledAgain++;
		this.repetitions.add(repetition);
		if (this.repetitions.size() > MAX_KEPT) {
			this.repetitions.remove(0);
		}
	}

	/**
	 * When that happened last, not before an instant.
	 */
	Optional<Instant> last(PossibleCause.Kind kind, String target, Instant since) {
		return this.marks.stream()
			.filter((mark) -> mark.kind() == kind && mark.target().equals(target) && !mark.at().isBefore(since))
			.map(PossibleCause::at)
			.reduce((first, second) -> second);
	}

	/**
	 * Adds the state of the group, whether it is a share group, and its committed
	 * offsets.
	 */
	void look(GroupSnapshot now) {
		if (this.states.isEmpty() && !now.classic()) {
			this.unwatchedUntil = now.at();
		}
		if (this.shared != now.shared()) {
			this.shared = now.shared();
			this.rebalances = null;
		}
		state(now.at(), now.state());
		standstill(now);
		commits(now);
		deletions(now);
	}

	/**
	 * Whether all members stood still when the group was looked at last.
	 */
	boolean standsStill() {
		int last = this.standstills.size() - 1;
		return last >= 0 && this.standstills.get(last).over() == null && this.standstills.get(last).all();
	}

	/**
	 * Whether all members stand still; null where the group does not rebalance, or its
	 * assignor is not known.
	 */
	@Nullable Boolean standsStill(GroupSnapshot now) {
		return (Standstill.shows(now) && this.assignor != null) ? Boolean.valueOf(standsStill()) : null;
	}

	private void commits(GroupSnapshot now) {
		this.commits.look(now);
		this.stalls.entrySet().removeIf((stall) -> {
			boolean over = !stall.getValue().equals(this.commits.pausedSince(stall.getKey()));
			if (over) {
				say(now.at(), Level.OK, "event.stall-over", this.commands.offsets(), stall.getKey(),
						Duration.between(stall.getValue(), now.at()).toSeconds());
			}
			return over;
		});
		for (Partition partition : now.partitions()) {
			Instant since = this.commits.stalled().get(partition.name());
			Instant paused = this.commits.pausedSince(partition.name());
			String owner = partition.owner();
			if (since != null && paused != null && owner != null
					&& this.stalls.putIfAbsent(partition.name(), paused) == null) {
				say(now.at(), Level.WAIT, "event.stalled", this.commands.offsets(), partition.name(),
						Duration.between(since, now.at()).toSeconds(), owner);
			}
		}
	}

	/**
	 * Says that retention has deleted what the group has not read, in all since the
	 * committed offset. What was deleted before the watch began is no event.
	 */
	private void deletions(GroupSnapshot now) {
		for (Partition partition : now.partitions()) {
			long deleted = partition.deletedUnread();
			Long before = this.deletedUnread.put(partition.name(), deleted);
			if (before != null && deleted > before && !now.shared()) {
				say(now.at(), Level.BAD, "event.deleted-unread", this.commands.offsets(), partition.name(), deleted);
			}
		}
	}

	/**
	 * Since when nothing was committed in partitions while others move, by their names.
	 */
	Map<String, Instant> stalled() {
		return this.commits.stalled();
	}

	private void standstill(GroupSnapshot now) {
		this.assignor = (now.assignor() != null) ? now.assignor() : this.assignor;
		int last = this.standstills.size() - 1;
		if (last >= 0 && this.standstills.get(last).over() == null) {
			this.standstills.set(last, this.standstills.get(last).next(now));
			this.rebalances = null;
		}
		else if (Standstill.shows(now)) {
			this.standstills.add(Standstill.begin(now, this.assignor));
			this.rebalances = null;
		}
		if (this.standstills.size() > MAX_KEPT) {
			this.standstills.remove(0);
		}
	}

	/**
	 * The cluster does not answer any more.
	 * @param last its last answer
	 */
	void outage(Instant last) {
		this.outages.add(new Outage(last, null));
		int open = this.standstills.size() - 1;
		if (open >= 0 && this.standstills.get(open).over() == null) {
			this.standstills.set(open, this.standstills.get(open).cutOff());
			this.rebalances = null;
		}
	}

	/**
	 * The cluster answers again.
	 */
	void outageOver(Instant at) {
		int last = this.outages.size() - 1;
		this.outages.set(last, new Outage(this.outages.get(last).from(), at));
		this.outages.removeIf((outage) -> outage.until() != null && outage.until().isBefore(at.minus(SHOWN)));
	}

	private void state(Instant at, String state) {
		if (this.states.isEmpty() || !this.states.get(this.states.size() - 1).state().equals(state)) {
			this.states.add(new StateFrom(at, state));
		}
		while (this.states.size() > 1 && this.states.get(1).at().isBefore(at.minus(SHOWN))) {
			this.states.remove(0);
		}
	}

	void say(Instant at, Level level, String key, String command, Object... values) {
		this.feed.put(++this.entries,
				new FeedEntry(at, level, key, Arrays.stream(values).map(String::valueOf).toList(), command));
		if (this.feed.size() > MAX_ENTRIES) {
			this.feed.pollFirstEntry();
		}
	}

	SortedMap<Integer, FeedEntry> feed() {
		return new TreeMap<>(this.feed);
	}

	Timeline timeline(Instant now) {
		Instant from = now.minus(SHOWN);
		if (this.rebalances == null) {
			this.rebalances = RebalanceFold.of(this.changes, this.marks, this.shared, this.standstills, this.commits,
					this.unwatchedUntil);
		}
		Map<String, Rebalance> shown = new TreeMap<>();
		Map<String, HandledAgain> again = new TreeMap<>();
		Instant next = Instant.MAX;
		for (int i = this.rebalances.size() - 1; i >= 0; i--) {
			Rebalance rebalance = this.rebalances.get(i);
			if (!rebalance.until().isBefore(from)) {
				String number = String.valueOf(rebalance.at().toEpochMilli());
				shown.put(number, rebalance);
				handledAgain(rebalance, next).ifPresent((records) -> again.put(number, records));
			}
			next = rebalance.at();
		}
		return new Timeline(List.copyOf(this.states), lanes(from), shown, List.copyOf(this.outages), again,
				this.handledAgain);
	}

	/**
	 * What was handled again in partitions that the rebalance moved, until the next one
	 * began: what the owner before had handled, but not committed.
	 */
	private Optional<HandledAgain> handledAgain(Rebalance rebalance, Instant next) {
		List<String> records = this.repetitions.stream()
			.filter((one) -> !one.at().isBefore(rebalance.at()) && one.at().isBefore(next)
					&& (rebalance.moved().contains(one.partition().toString())
							|| rebalance.stood().containsKey(one.partition().toString())))
			.map(Repetition::record)
			.distinct()
			.toList();
		return records.isEmpty() ? Optional.empty() : Optional
			.of(new HandledAgain(records.size(), records.subList(0, Math.min(MAX_NAMED, records.size()))));
	}

	/**
	 * Each lane begins with the assignment at the beginning of the window.
	 */
	private Map<String, List<OwnedFrom>> lanes(Instant from) {
		Map<String, List<OwnedFrom>> lanes = new TreeMap<>();
		for (AssignmentChange change : this.changes) {
			List<OwnedFrom> lane = lanes.computeIfAbsent(change.member(), (member) -> new ArrayList<>());
			if (!change.at().isAfter(from)) {
				lane.clear();
			}
			lane.add(new OwnedFrom(change.at(), change.owned(), change.epoch(), change.kind(), change.source(),
					change.seen()));
		}
		// gone before the window
		lanes.values()
			.removeIf((lane) -> lane.size() == 1 && lane.get(0).kind() == ChangeKind.GONE
					&& lane.get(0).at().isBefore(from));
		return lanes;
	}

	private static String listed(List<String> partitions) {
		return partitions.isEmpty() ? "-" : String.join(", ", partitions);
	}

}
