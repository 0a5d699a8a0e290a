package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.Replicas;
import lab.console.group.Verdict;
import lab.console.group.Verdict.Level;
import lab.console.instance.Instance;
import lab.console.instance.InstanceState;
import lab.console.instance.InstanceState.State;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * Tells that brokers are away or come back, as the partitions' replicas show, which
 * partitions have another leader then, and how long none answered.
 */
@RequiredArgsConstructor
final class Leaders {

	/**
	 * How many partitions a sentence names.
	 */
	private static final int MAX_NAMED = 10;

	private final Commands commands;

	private final History history;

	/** The partitions whose leader does not answer, or that have none, by name. */
	private final Map<String, Unanswered> silent = new HashMap<>();

	/** The lab's own brokers that do not run, and those that are paused. */
	private Map<String, InstanceState> apart = Map.of();

	/**
	 * A partition without a leader that answers.
	 *
	 * @param since its leader's last answer; null where none was seen
	 * @param leader null where there was none
	 */
	private record Unanswered(@Nullable Instant since, @Nullable Integer leader) {
	}

	/**
	 * What is told of all partitions of which it is the same.
	 */
	private record Change(Level level, String key, List<Object> values) {
	}

	/**
	 * @param processes the lab's own, by instance
	 */
	void look(Map<String, InstanceState> processes) {
		Map<String, InstanceState> brokers = new TreeMap<>(processes);
		brokers.keySet().removeIf((name) -> Instance.named(name).filter(Instance::isBroker).isEmpty());
		// of a lab without brokers nothing is expected
		boolean some = brokers.values().stream().anyMatch((broker) -> broker.state() == State.RUNNING);
		brokers.values()
			.removeIf((broker) -> !some || broker.state() != State.STOPPED && broker.state() != State.PAUSED);
		this.apart = brokers;
	}

	/**
	 * What is to be said of a broker of the lab that does not run, or is paused, before
	 * the cluster notices it.
	 */
	Optional<Verdict> apart() {
		return this.apart.entrySet()
			.stream()
			.findFirst()
			.map((broker) -> new Verdict(Level.NOTE, "verdict.broker." + broker.getValue().state(),
					List.of(broker.getKey())));
	}

	void compare(@Nullable GroupSnapshot before, GroupSnapshot now) {
		if (before == null) {
			return;
		}
		Map<String, Partition> known = before.partitions()
			.stream()
			.collect(Collectors.toMap(Partition::name, (partition) -> partition));
		this.silent.keySet().retainAll(now.partitions().stream().map(Partition::name).toList());
		Map<Change, List<Partition>> told = new LinkedHashMap<>();
		for (Partition partition : now.partitions()) {
			Partition earlier = known.get(partition.name());
			if (earlier != null) {
				compare(before, earlier, partition, now)
					.ifPresent((what) -> told.computeIfAbsent(what, (same) -> new ArrayList<>()).add(partition));
			}
		}
		brokers(before, now);
		told.forEach((what, partitions) -> this.history.say(now.at(), what.level(), what.key(),
				this.commands.partitions(partitions.get(0).topic()),
				Stream.concat(Stream.of(names(partitions)), what.values().stream()).toArray()));
	}

	private Optional<Change> compare(GroupSnapshot before, Partition earlier, Partition partition, GroupSnapshot now) {
		Integer leader = partition.leader();
		Integer led = earlier.leader();
		if (isUnanswered(earlier)) {
			this.silent.putIfAbsent(partition.name(), new Unanswered(null, led));
		}
		Unanswered silence = this.silent.get(partition.name());
		if (leader == null || isUnanswered(partition)) {
			this.silent.putIfAbsent(partition.name(), new Unanswered(before.at(), led));
			if (leader == null) {
				return (led != null) ? Optional.of(new Change(Level.BAD, "event.leaderless", List.of()))
						: Optional.empty();
			}
			return (silence == null) ? Optional.of(new Change(Level.BAD, "event.leader-silent", List.of(leader)))
					: Optional.empty();
		}
		this.silent.remove(partition.name());
		if (silence != null) {
			return Optional.of(answers(silence, leader, now));
		}
		return (led == null || led.equals(leader)) ? Optional.empty()
				: Optional.of(new Change(Level.NOTE, "event.leader", List.of(led, leader)));
	}

	private static boolean isUnanswered(Partition partition) {
		return partition.leader() == null || partition.end() == null;
	}

	private static Change answers(Unanswered silence, Integer leader, GroupSnapshot now) {
		if (silence.since() == null) {
			return new Change(Level.OK, "event.leader-back", List.of(leader));
		}
		String seconds = "%.1f".formatted(Duration.between(silence.since(), now.at()).toMillis() / 1000.0);
		return (silence.leader() == null || silence.leader().equals(leader))
				? new Change(Level.OK, "event.leader-answers", List.of(leader, seconds))
				: new Change(Level.NOTE, "event.leader-after", List.of(silence.leader(), leader, seconds));
	}

	private void brokers(GroupSnapshot before, GroupSnapshot now) {
		Map<Integer, List<Partition>> earlier = without(before);
		Map<Integer, List<Partition>> away = without(now);
		tell(Level.BAD, "event.broker-missing", away, earlier.keySet(), now);
		tell(Level.OK, "event.broker-returned", earlier, away.keySet(), now);
	}

	private void tell(Level level, String key, Map<Integer, List<Partition>> brokers, Set<Integer> known,
			GroupSnapshot now) {
		brokers.forEach((broker, partitions) -> {
			if (!known.contains(broker)) {
				this.history.say(now.at(), level, key, this.commands.partitions(partitions.get(0).topic()), broker,
						names(partitions));
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
		String names = partitions.stream().limit(MAX_NAMED).map(Partition::name).collect(Collectors.joining(", "));
		return (partitions.size() > MAX_NAMED) ? names + ", …" : names;
	}

}
