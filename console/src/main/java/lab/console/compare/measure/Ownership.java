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
 * Who had which partitions from when on.
 *
 * @param moments in order, each with the owners from then on
 */
public record Ownership(List<Moment> moments) {

	/**
	 * @param owners of each partition that has any, by name
	 */
	public record Moment(Instant at, Map<Integer, Set<String>> owners) {

		public Set<String> of(int partition) {
			return this.owners.getOrDefault(partition, Set.of());
		}

		/**
		 * Whether the partition has its owner, or, where partitions are shared, somebody
		 * who reads it.
		 */
		boolean owned(int partition, boolean shared) {
			int owners = of(partition).size();
			return shared ? owners > 0 : owners == 1;
		}

		public boolean complete(int partitions, boolean shared) {
			return IntStream.range(0, partitions).allMatch((partition) -> owned(partition, shared));
		}

	}

	/**
	 * @param silenced members that own nothing from that time on, until they say
	 * otherwise
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
	 * How it was at that time.
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
	 * How it was at the first time, and what changed up to the second.
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
