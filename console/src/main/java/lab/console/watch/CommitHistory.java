package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Partition;
import org.jspecify.annotations.Nullable;

/**
 * When snapshots were taken, and in which partitions nothing was committed in the
 * meantime although records wait. Nothing is known in between: what a snapshot shows
 * happened since the one before.
 */
final class CommitHistory {

	private static final Duration KEPT = Duration.ofMinutes(10);

	/**
	 * A shorter pause is that between two commits: by default, consumers commit every 5
	 * seconds.
	 */
	private static final Duration MIN_STALL = Duration.ofSeconds(10);

	/**
	 * So many commits in another partition are more than the group's usual interval: a
	 * group that commits seldom is not stalled between two commits.
	 */
	private static final int MIN_COMMITS_ELSEWHERE = 3;

	private final TreeSet<Instant> looks = new TreeSet<>();

	private final Map<String, Track> tracks = new HashMap<>();

	/** The partitions that are stalled, with the time since when, in their order. */
	private final Map<String, Instant> stalled = new TreeMap<>(PartitionName.ORDER);

	/**
	 * A time in which records waited and none was committed.
	 *
	 * @param until null where it goes on
	 */
	private record Pause(Instant from, @Nullable Instant until) {

		boolean covers(Instant at) {
			return !this.from.isAfter(at) && (this.until == null || !this.until.isBefore(at));
		}

	}

	/**
	 * What became of a partition's committed offset.
	 */
	private static final class Track {

		private final List<Pause> pauses = new ArrayList<>();

		/** When it moved the last times, oldest first. */
		private final Deque<Instant> moves = new ArrayDeque<>();

		private @Nullable Long committed;

		private @Nullable String owner;

		/** When it was seen first with this owner. */
		private Instant ownedSince = Instant.MIN;

		void look(Partition now, Instant at) {
			boolean moved = this.committed != null && !this.committed.equals(now.committed());
			this.committed = now.committed();
			if (!Objects.equals(this.owner, now.owner())) {
				this.owner = now.owner();
				this.ownedSince = at;
			}
			boolean waits = waits(now);
			Instant since = pausedSince();
			if (since != null && (moved || !waits)) {
				this.pauses.set(this.pauses.size() - 1, new Pause(since, at));
			}
			if (waits && (moved || since == null)) {
				this.pauses.add(new Pause(at, null));
			}
			this.pauses.removeIf((pause) -> pause.until() != null && pause.until().isBefore(at.minus(KEPT)));
			if (moved) {
				this.moves.add(at);
				if (this.moves.size() > MIN_COMMITS_ELSEWHERE) {
					this.moves.removeFirst();
				}
			}
		}

		/**
		 * Members that read committed get nothing from an open transaction, and none of
		 * an aborted one. A share group commits no offsets.
		 */
		private static boolean waits(Partition partition) {
			return partition.readers() == null && partition.committed() != null
					&& partition.knownLag() > partition.knownInTransactions()
					&& (partition.lastStable() == null || partition.committed() < partition.lastStable());
		}

		@Nullable Instant pausedSince() {
			Pause last = this.pauses.isEmpty() ? null : this.pauses.get(this.pauses.size() - 1);
			return (last != null && last.until() == null) ? last.from() : null;
		}

		/**
		 * Since when the owner has committed nothing: it does not answer for the one
		 * before.
		 */
		@Nullable Instant stalledSince() {
			Instant since = (this.owner != null) ? pausedSince() : null;
			return (since != null && since.isBefore(this.ownedSince)) ? this.ownedSince : since;
		}

		boolean movesSince(Instant at) {
			return this.moves.size() == MIN_COMMITS_ELSEWHERE && !this.moves.getFirst().isBefore(at);
		}

	}

	void look(GroupSnapshot now) {
		this.looks.add(now.at());
		this.looks.headSet(now.at().minus(KEPT)).clear();
		this.tracks.keySet().retainAll(now.partitions().stream().map(Partition::name).toList());
		this.stalled.clear();
		Map<String, Instant> paused = new HashMap<>();
		for (Partition partition : now.partitions()) {
			Track track = this.tracks.computeIfAbsent(partition.name(), (name) -> new Track());
			track.look(partition, now.at());
			Instant since = track.stalledSince();
			if (since != null && !since.isAfter(now.at().minus(MIN_STALL))) {
				paused.put(partition.name(), since);
			}
		}
		paused.forEach((partition, since) -> {
			if (othersMove(since)) {
				this.stalled.put(partition, since);
			}
		});
	}

	private boolean othersMove(Instant since) {
		return this.tracks.values().stream().anyMatch((track) -> track.movesSince(since));
	}

	/**
	 * Since when nothing was committed in partitions with an owner, although records wait
	 * there, while other partitions of the group move; by their names.
	 */
	Map<String, Instant> stalled() {
		return this.stalled;
	}

	/**
	 * Since when records wait in the partition and none is committed; null where that is
	 * not so.
	 */
	@Nullable Instant pausedSince(String partition) {
		Track track = this.tracks.get(partition);
		return (track != null) ? track.pausedSince() : null;
	}

	/**
	 * When the snapshot before was taken; null where there was none, or it was long ago.
	 */
	@Nullable Instant before(Instant at) {
		return this.looks.lower(at);
	}

	/**
	 * The earliest time since when nothing may have been read of the partition, because
	 * records waited and nothing was committed any more; null where that is not known.
	 * @param at when nothing had been committed yet again
	 */
	@Nullable Instant unreadSince(String partition, Instant at) {
		Track track = this.tracks.get(partition);
		return (track == null) ? null
				: track.pauses.stream()
					.filter((pause) -> pause.covers(at))
					.reduce((first, second) -> second)
					.map((pause) -> before(pause.from()))
					.orElse(null);
	}

}
