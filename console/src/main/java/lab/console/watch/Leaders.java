package lab.console.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.Replicas;
import lab.console.group.Verdict.Level;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * Tells that brokers are away or come back, as the partitions' replicas show, and that
 * partitions have another leader then.
 */
@RequiredArgsConstructor
final class Leaders {

	private final Commands commands;

	private final History history;

	/**
	 * A change of the leader; null stands for no leader.
	 */
	private record Change(@Nullable Integer from, @Nullable Integer to) {
	}

	void compare(@Nullable GroupSnapshot before, GroupSnapshot now) {
		if (before == null) {
			return;
		}
		Map<String, Partition> known = before.partitions()
			.stream()
			.collect(Collectors.toMap(Partition::name, (partition) -> partition));
		Map<Change, List<Partition>> changed = new LinkedHashMap<>();
		for (Partition partition : now.partitions()) {
			Partition earlier = known.get(partition.name());
			if (earlier != null && !Objects.equals(earlier.leader(), partition.leader())) {
				changed.computeIfAbsent(new Change(earlier.leader(), partition.leader()), (change) -> new ArrayList<>())
					.add(partition);
			}
		}
		brokers(before, now);
		changed.forEach((change, partitions) -> tell(change, partitions, now));
	}

	private void brokers(GroupSnapshot before, GroupSnapshot now) {
		Map<Integer, List<Partition>> earlier = without(before);
		Map<Integer, List<Partition>> away = without(now);
		away.forEach((broker, partitions) -> {
			if (!earlier.containsKey(broker)) {
				this.history.say(now.at(), Level.BAD, "event.broker-missing",
						this.commands.partitions(partitions.get(0).topic()), broker, names(partitions));
			}
		});
		earlier.forEach((broker, partitions) -> {
			if (!away.containsKey(broker)) {
				this.history.say(now.at(), Level.OK, "event.broker-returned",
						this.commands.partitions(partitions.get(0).topic()), broker, names(partitions));
			}
		});
	}

	/**
	 * The partitions that miss the replica of a broker, by broker.
	 */
	private static Map<Integer, List<Partition>> without(GroupSnapshot group) {
		Map<Integer, List<Partition>> without = new TreeMap<>();
		for (Partition partition : group.partitions()) {
			Replicas replicas = partition.knownReplicas();
			replicas.away()
				.forEach((broker) -> without.computeIfAbsent(broker, (id) -> new ArrayList<>()).add(partition));
		}
		return without;
	}

	private static String names(List<Partition> partitions) {
		return partitions.stream().map(Partition::name).collect(Collectors.joining(", "));
	}

	private void tell(Change change, List<Partition> partitions, GroupSnapshot now) {
		String names = names(partitions);
		String command = this.commands.partitions(partitions.get(0).topic());
		if (change.to() == null) {
			this.history.say(now.at(), Level.BAD, "event.leaderless", command, names);
		}
		else if (change.from() == null) {
			this.history.say(now.at(), Level.OK, "event.leader-back", command, names, change.to());
		}
		else {
			this.history.say(now.at(), Level.NOTE, "event.leader", command, names, change.from(), change.to());
		}
	}

}
