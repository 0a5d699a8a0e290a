package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import lab.console.events.AssignmentChanged;
import lab.console.group.GroupSnapshot;
import lab.console.watch.AssignmentChange.ChangeKind;
import lab.console.watch.AssignmentChange.Origin;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * Finds how the assignments of members change: from what they publish, and for those that
 * publish nothing from the difference of two snapshots.
 */
@RequiredArgsConstructor
final class AssignmentChanges {

	/**
	 * How long a snapshot may show an assignment before its member publishes it.
	 */
	private static final Duration MAX_LEAD = Duration.ofSeconds(2);

	private final History history;

	/** The client.ids of members that publish. */
	private final Set<String> publishers = new HashSet<>();

	/** Members that have published nothing so far. */
	private final Map<String, Unheard> unheard = new HashMap<>();

	/** Names by member id. */
	private final Map<String, String> names = new HashMap<>();

	/** What members owned at the last snapshot, by member id. */
	private final Map<String, List<String>> owned = new HashMap<>();

	private @Nullable Integer generation;

	/** Whether an assignment was published since a snapshot was last asked for. */
	private boolean heard;

	/**
	 * @param found whether it was a member already in the first snapshot
	 */
	private record Unheard(Instant since, boolean found) {
	}

	/**
	 * Returns the snapshot with the names that its members had before: a member keeps its
	 * name when another one of the same client.id joins or leaves. Members that publish
	 * are named by their client.id.
	 */
	GroupSnapshot withLastingNames(GroupSnapshot now) {
		Map<String, String> renamed = new HashMap<>();
		for (GroupSnapshot.Member member : now.members()) {
			if (!this.publishers.contains(member.clientId())) {
				renamed.put(member.name(), this.names.computeIfAbsent(member.memberId(), (id) -> member.name()));
			}
		}
		this.names.keySet().retainAll(now.members().stream().map(GroupSnapshot.Member::memberId).toList());
		return now.renamed(renamed);
	}

	/**
	 * Adds what a member published of its assignment.
	 */
	void published(AssignmentChanged event) {
		ChangeKind kind = switch (event.type()) {
			case ASSIGNED -> ChangeKind.ASSIGNED;
			case REVOKED -> ChangeKind.REVOKED;
			case LOST -> ChangeKind.LOST;
		};
		AssignmentChange change = new AssignmentChange(event.at(), event.instance(), kind,
				PartitionName.sorted(event.partitions()), PartitionName.sorted(event.owned()),
				(event.epoch() >= 0) ? Integer.valueOf(event.epoch()) : null, Origin.PUBLISHED);
		if (this.publishers.add(change.member())) {
			// a snapshot may show an assignment before its member hears of it
			this.history.forgetSeen(change.member(), change.at().minus(MAX_LEAD));
		}
		this.generation = change.epoch();
		this.heard = true;
		this.history.add(change);
	}

	/**
	 * Whether a member has published an assignment that the last snapshot may not show,
	 * since this was asked last.
	 */
	boolean heard() {
		boolean before = this.heard;
		this.heard = false;
		return before;
	}

	/**
	 * The generation or member epoch that was published last, if any.
	 */
	@Nullable Integer generation() {
		return this.generation;
	}

	/**
	 * Infers from two snapshots what members did not publish themselves.
	 * @param publishing whether members of this group publish at all
	 */
	void compare(@Nullable GroupSnapshot before, GroupSnapshot now, boolean publishing) {
		Map<String, List<String>> old = lanes(before);
		own(now);
		Map<String, List<String>> lanes = lanes(now);
		old.forEach((lane, owned) -> {
			if (!lanes.containsKey(lane)) {
				this.history.add(
						new AssignmentChange(now.at(), lane, ChangeKind.GONE, owned, List.of(), null, Origin.INFERRED));
				this.publishers.remove(lane);
			}
		});
		lanes.forEach((lane, owned) -> {
			boolean differs = !owned.equals(old.get(lane));
			if (this.publishers.contains(lane)) {
				this.unheard.remove(lane);
			}
			else if (differs && publishing && !this.unheard.containsKey(lane)) {
				// it may publish the change itself in a moment
				this.unheard.put(lane, new Unheard(now.at(), before == null));
			}
			else if (differs || this.unheard.containsKey(lane)) {
				Unheard unheard = Objects.requireNonNullElse(this.unheard.remove(lane),
						new Unheard(now.at(), before == null));
				boolean waits = this.history.standsStill() && owned.isEmpty() && old.containsKey(lane);
				ChangeKind seen = waits ? ChangeKind.WAITING : ChangeKind.SEEN;
				this.history.add(new AssignmentChange(unheard.since(), lane, unheard.found() ? ChangeKind.FOUND : seen,
						owned, owned, null, Origin.INFERRED));
			}
		});
		this.unheard.keySet().retainAll(lanes.keySet());
		// what they published was read before the snapshot was taken
		Set<String> left = new HashSet<>(this.publishers);
		left.removeAll(lanes.keySet());
		left.forEach((member) -> this.history.leftSince(member, now.at()));
		this.publishers.removeAll(left);
	}

	/**
	 * While the group rebalances, a member owns what it did before, or nothing where all
	 * members stand still.
	 */
	private void own(GroupSnapshot now) {
		Map<String, List<String>> before = Map.copyOf(this.owned);
		this.owned.clear();
		for (GroupSnapshot.Member member : now.members()) {
			List<String> kept = this.history.standsStill() ? List.of()
					: before.getOrDefault(member.memberId(), member.assigned());
			this.owned.put(member.memberId(), Standstill.shows(now) ? kept : member.assigned());
		}
	}

	/**
	 * What each member owns, by the name of its lane. Members that are no consumers have
	 * none.
	 */
	private Map<String, List<String>> lanes(@Nullable GroupSnapshot snapshot) {
		Map<String, List<String>> lanes = new TreeMap<>();
		if (snapshot != null) {
			snapshot.members()
				.stream()
				.filter((member) -> !member.opaque())
				.forEach((member) -> lanes.put(
						this.publishers.contains(member.clientId()) ? member.clientId() : member.name(),
						this.owned.getOrDefault(member.memberId(), List.of())));
		}
		return lanes;
	}

}
