package lab.console.compare.measure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The owners of the partitions over time.
 *
 * @param moments in the order of time, one for each change
 */
public record Ownership(List<Moment> moments) {

	/**
	 * The owners from one time on.
	 *
	 * @param owners names of the members that own a partition, by partition; partitions
	 * without an owner are absent
	 */
	public record Moment(Instant at, Map<Integer, Set<String>> owners) {

		/**
		 * Returns the names of the members that own the partition, empty if none does.
		 */
		public Set<String> of(int partition) {
			return this.owners.getOrDefault(partition, Set.of());
		}

		/**
		 * Whether the partition has exactly one owner; in a share group, at least one.
		 */
		boolean owned(int partition, boolean shared) {
			int owners = of(partition).size();
			return shared ? owners > 0 : owners == 1;
		}

		/**
		 * Whether each partition is owned.
		 */
		public boolean complete(int partitions, boolean shared) {
			return IntStream.range(0, partitions).allMatch((partition) -> owned(partition, shared));
		}

	}

	/**
	 * Derives the owners from what the members published.
	 * @param silenced members that own nothing from the given time until they publish
	 * again
	 */
	public static Ownership of(Collection<OwnershipChange> changes, Map<String, Instant> silenced) {
		List<OwnershipChange> all = new ArrayList<>(changes);
		silenced.forEach((member, at) -> all.add(new OwnershipChange("silenced", member, Set.of(), at)));
		all.sort(Comparator.comparing(OwnershipChange::at));
		Map<String, Set<Integer>> owned = new HashMap<>();
		List<Moment> moments = new ArrayList<>();
		moments.add(new Moment(Instant.MIN, Map.of()));
		for (OwnershipChange change : all) {
			owned.put(change.member(), change.owned());
			Map<Integer, Set<String>> owners = new HashMap<>();
			owned.forEach((member, partitions) -> partitions
				.forEach((partition) -> owners.computeIfAbsent(partition, (key) -> new TreeSet<>()).add(member)));
			moments.add(new Moment(change.at(), owners));
		}
		return new Ownership(moments);
	}

	public Moment last() {
		return this.moments.get(this.moments.size() - 1);
	}

	/**
	 * Returns the owners at the given time.
	 */
	Moment at(Instant time) {
		Moment found = this.moments.get(0);
		for (Moment moment : this.moments) {
			if (!moment.at().isAfter(time)) {
				found = moment;
			}
		}
		return found;
	}

	/**
	 * Returns the owners at {@code from}, followed by the changes up to and including
	 * {@code to}.
	 */
	List<Moment> between(Instant from, Instant to) {
		List<Moment> between = new ArrayList<>();
		between.add(new Moment(from, at(from).owners()));
		this.moments.stream()
			.filter((moment) -> moment.at().isAfter(from) && !moment.at().isAfter(to))
			.forEach(between::add);
		return between;
	}

}
