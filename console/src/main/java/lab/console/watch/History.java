package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import lab.console.group.GroupSnapshot;
import lab.console.group.PossibleCause;
import lab.console.group.Verdict.Level;
import lab.console.watch.AssignmentChange.ChangeKind;
import lab.console.watch.AssignmentChange.Origin;
import lab.console.watch.GroupView.FeedEntry;
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

	private static final Set<String> KEYS_WITH_SHARED_FORM = Set.of("event.assigned", "event.revoked",
			"event.revoked-all", "event.seen");

	private static final Comparator<AssignmentChange> BY_TIME = Comparator.comparing(AssignmentChange::at);

	private final Commands commands;

	private final List<AssignmentChange> changes = new ArrayList<>();

	private final List<PossibleCause> marks = new ArrayList<>();

	private final List<StateFrom> states = new ArrayList<>();

	private final List<Standstill> standstills = new ArrayList<>();

	private final List<Outage> outages = new ArrayList<>();

	private final TreeMap<Integer, FeedEntry> feed = new TreeMap<>();

	private int entries;

	/** The group's while it was stable last. */
	private @Nullable String assignor;

	/** Whether a partition may have several readers. */
	private boolean shared;

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
			case FOUND -> {
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
	 */
	void leftSince(String member) {
		this.changes.stream()
			.filter((change) -> change.member().equals(member))
			.reduce((first, second) -> second)
			.filter((last) -> last.kind() != ChangeKind.GONE)
			.ifPresent((last) -> keep(new AssignmentChange(last.at(), member, ChangeKind.GONE, last.owned(), List.of(),
					null, Origin.INFERRED)));
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
		say(mark.at(), (mark.kind() == PossibleCause.Kind.DIED) ? Level.BAD : Level.NOTE,
				"event." + mark.kind().name().toLowerCase(Locale.ROOT) + (mark.observed() ? "-here" : ""), command,
				mark.target());
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
	 * Adds the state of the group, and whether it is a share group.
	 */
	void look(GroupSnapshot now) {
		if (this.shared != now.shared()) {
			this.shared = now.shared();
			this.rebalances = null;
		}
		state(now.at(), now.state());
		standstill(now);
	}

	private void standstill(GroupSnapshot now) {
		this.assignor = (now.assignor() != null) ? now.assignor() : this.assignor;
		Standstill open = this.standstills.isEmpty() ? null : this.standstills.get(this.standstills.size() - 1);
		if (open != null && open.over() == null) {
			boolean goesOn = Standstill.shows(now, this.assignor);
			this.standstills.set(this.standstills.size() - 1,
					new Standstill(open.from(), goesOn ? now.at() : open.last(), goesOn ? null : now.at()));
			this.rebalances = null;
		}
		else if (Standstill.shows(now, this.assignor)) {
			this.standstills.add(new Standstill(now.at(), now.at(), null));
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
			// nobody sees whether it goes on
			Standstill seen = this.standstills.get(open);
			this.standstills.set(open, new Standstill(seen.from(), seen.last(), seen.last()));
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
			this.rebalances = RebalanceFold.of(this.changes, this.marks, this.shared, this.standstills);
		}
		Map<String, Rebalance> shown = new LinkedHashMap<>();
		this.rebalances.stream()
			.filter((rebalance) -> !rebalance.until().isBefore(from))
			.forEach((rebalance) -> shown.put(String.valueOf(rebalance.at().toEpochMilli()), rebalance));
		return new Timeline(List.copyOf(this.states), lanes(from), shown, List.copyOf(this.outages));
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
			lane.add(new OwnedFrom(change.at(), change.owned(), change.epoch(), change.kind(), change.source()));
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
