package lab.console.group;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.Verdict.Level;
import lab.console.group.Verdict.Memory;
import lab.console.group.Verdict.Silence;
import lab.console.terminal.LabOptions;
import org.apache.kafka.common.GroupState;
import org.jspecify.annotations.Nullable;

/**
 * Finds the most urgent that can be said of a group.
 */
public final class GroupVerdict {

	/**
	 * So many members can be looked at one by one.
	 */
	private static final int FEW_MEMBERS = 8;

	/**
	 * Kafka's defaults, because under the classic protocol each client has its own
	 * settings and the coordinator does not tell them. The sentences say so.
	 */
	private static final Duration CLASSIC_SESSION = Duration.ofSeconds(45);

	private static final Duration CLASSIC_METADATA = Duration.ofMinutes(5);

	private GroupVerdict() {
	}

	/**
	 * The verdict on a group.
	 * @param topic that the group is expected to read, where one was named
	 * @param timings empty where the coordinator does not tell them
	 */
	public static Verdict of(GroupSnapshot group, Optional<String> topic, Optional<GroupTimings> timings,
			Memory memory) {
		if (topic.isPresent() && group.hiddenTopics().contains(topic.get())) {
			return new Verdict(Level.BAD, "verdict.hidden-topics", topic.get());
		}
		if (topic.isPresent() && !group.has(topic.get())) {
			return new Verdict(Level.BAD,
					topic.get().endsWith(LabOptions.TOPIC) ? "verdict.no-topic-lab" : "verdict.no-topic", topic.get());
		}
		if (group.state().equals(GroupState.DEAD.toString())) {
			return new Verdict(Level.BAD, "verdict.no-group", group.group());
		}
		List<Partition> read = group.activePartitions();
		if (group.membersHidden()) {
			return new Verdict(Level.NOTE, "verdict.hidden-members", group.group());
		}
		if (group.otherKind()) {
			return new Verdict(Level.NOTE, "verdict.other-kind", group.group(), String.valueOf(group.protocolType()),
					group.members().size());
		}
		if (group.members().isEmpty()) {
			return empty(group, read);
		}
		List<Verdict> offsets = OffsetVerdicts.of(group, topic, memory.retention());
		return silent(group, timings, memory).or(() -> unowned(group, read, timings, memory))
			.or(() -> moving(group))
			.or(() -> offsets.stream().filter((verdict) -> verdict.level() == Level.BAD).findFirst())
			.or(() -> replicas(read))
			.or(() -> stalled(group, read, memory))
			.or(() -> OffsetVerdicts.unread(group, topic))
			.or(() -> offsets.stream().filter((verdict) -> verdict.level() == Level.WAIT).findFirst())
			.or(() -> OffsetVerdicts.deletable(group, memory.retention()))
			.or(() -> behind(group, read))
			.or(() -> offsets.stream().filter((verdict) -> verdict.level() != Level.OK).findFirst())
			.or(() -> idle(group, read))
			.orElseGet(() -> new Verdict(Level.OK, group.shared() ? "verdict.shared" : "verdict.even",
					group.members().size(), read.size()));
	}

	private static Optional<Verdict> silent(GroupSnapshot group, Optional<GroupTimings> timings, Memory memory) {
		for (Member member : group.members()) {
			Silence silence = memory.silent().get(member.name());
			if (silence == null && member.away()) {
				silence = new Silence(group.at(), false);
			}
			if (silence != null) {
				Duration session = timings.filter((told) -> !group.classic())
					.map((told) -> Duration.ofMillis(told.sessionMs()))
					.orElse(CLASSIC_SESSION);
				return Optional.of(new Verdict(Level.WAIT, silent(group, member, silence), member.name(),
						left(session, silence.since(), group.at())));
			}
		}
		return Optional.empty();
	}

	/**
	 * The key of the sentence. A static member that has ended is expected to rejoin. In a
	 * share group no partition waits for the session to end.
	 */
	private static String silent(GroupSnapshot group, Member member, Silence silence) {
		String ended = (member.groupInstanceId() != null) ? "verdict.static" : "verdict.killed";
		String key = silence.paused() ? "verdict.paused" : ended;
		if (group.shared()) {
			return key + "-shared";
		}
		return group.classic() ? key + "-classic" : key;
	}

	private static Optional<Verdict> unowned(GroupSnapshot group, List<Partition> read, Optional<GroupTimings> timings,
			Memory memory) {
		List<Partition> unowned = read.stream().filter((partition) -> partition.readBy().isEmpty()).toList();
		if (unowned.isEmpty()) {
			return Optional.empty();
		}
		Partition first = unowned.get(0);
		String names = OffsetVerdicts.listed(unowned, Partition::name);
		String several = (unowned.size() > 1) ? "-several" : "";
		Instant since = memory.unownedSince().getOrDefault(first.name(), group.at());
		if (!group.state().equals(GroupState.STABLE.toString())) {
			return Optional.of(rebalancing(group, "verdict.rebalancing", unowned.size()));
		}
		if (group.classic()) {
			return Optional.of(new Verdict(Level.WAIT, "verdict.unowned-classic" + several, names,
					left(CLASSIC_METADATA, since, group.at())));
		}
		String key = group.shared() ? "verdict.unread" : "verdict.unowned";
		// the next heartbeat of any member makes the coordinator compute the target
		// assignment, and the next one of the new owner carries it
		String within = timings.map((told) -> left(Duration.ofMillis(2 * told.heartbeatMs()), since, group.at()))
			.orElse("");
		Optional<String> member = group.members()
			.stream()
			.filter((candidate) -> candidate.target() != null && candidate.target().contains(first.name()))
			.map(Member::name)
			.findFirst();
		if (within.isEmpty()) {
			return Optional.of(new Verdict(Level.WAIT, key + several, names));
		}
		return Optional.of(member.filter((name) -> several.isEmpty())
			.map((name) -> new Verdict(Level.WAIT, "verdict.unowned-coming", names, name, within))
			.orElseGet(() -> new Verdict(Level.WAIT, key + "-within" + several, names, within)));
	}

	/**
	 * Under the classic protocol the members may all stand still, those too whose
	 * partitions the coordinator still names.
	 */
	private static Verdict rebalancing(GroupSnapshot group, String otherwise, Object value) {
		return group.state().equals(GroupState.PREPARING_REBALANCE.toString())
				? new Verdict(Level.WAIT, "verdict.preparing") : new Verdict(Level.WAIT, otherwise, value);
	}

	private static Optional<Verdict> moving(GroupSnapshot group) {
		if (!group.state().equals(GroupState.STABLE.toString())) {
			return Optional.of(rebalancing(group, "verdict.state", group.state()));
		}
		return group.members()
			.stream()
			.filter((member) -> member.target() != null && !member.target().equals(member.assigned()))
			.findFirst()
			.map((member) -> new Verdict(Level.WAIT, "verdict.moving", member.name(), listed(member.target())));
	}

	/**
	 * Brokers whose replicas are missing. The partitions have leaders: else that was said
	 * before.
	 */
	private static Optional<Verdict> replicas(List<Partition> read) {
		return replicas(read, Level.BAD, "verdict.broker-away", Replicas::away)
			.or(() -> replicas(read, Level.WAIT, "verdict.broker-behind", Replicas::behind));
	}

	private static Optional<Verdict> replicas(List<Partition> read, Level level, String key,
			Function<Replicas, List<Integer>> which) {
		List<Partition> without = read.stream()
			.filter((partition) -> !which.apply(partition.knownReplicas()).isEmpty())
			.toList();
		String brokers = without.stream()
			.flatMap((partition) -> which.apply(partition.knownReplicas()).stream())
			.distinct()
			.sorted()
			.map(String::valueOf)
			.collect(Collectors.joining(", "));
		return without.isEmpty() ? Optional.empty()
				: Optional.of(new Verdict(level, key, brokers, OffsetVerdicts.named(without)));
	}

	/**
	 * What is seen: why nothing is committed, the cluster does not tell. The member may
	 * handle its records slowly, fail at one of them, or have died.
	 */
	private static Optional<Verdict> stalled(GroupSnapshot group, List<Partition> read, Memory memory) {
		List<Partition> stalled = read.stream()
			.filter((partition) -> partition.owner() != null && memory.stalledSince().containsKey(partition.name()))
			.toList();
		return stalled.stream()
			.min(Comparator.comparing((partition) -> memory.stalledSince().getOrDefault(partition.name(), group.at())))
			.map((first) -> {
				Instant since = memory.stalledSince().getOrDefault(first.name(), group.at());
				long seconds = Duration.between(since, group.at()).toSeconds();
				return (stalled.size() == 1)
						? new Verdict(Level.WAIT, "verdict.stalled", first.name(), seconds,
								String.valueOf(first.owner()))
						: new Verdict(Level.WAIT, "verdict.stalled-several",
								OffsetVerdicts.listed(stalled,
										(partition) -> "%s (%s)".formatted(partition.name(), partition.owner())),
								seconds);
			});
	}

	/**
	 * Says when unread records may be deleted because of their age; empty where that is
	 * not near.
	 */
	public static Optional<Verdict> deletable(GroupSnapshot group, UnreadRetention retention) {
		return OffsetVerdicts.deletable(group, retention);
	}

	private static Verdict empty(GroupSnapshot group, List<Partition> read) {
		List<Partition> unknown = read.stream().filter(Partition::lagIsUnknown).toList();
		if (group.simple() && !group.mayHaveOffsets()) {
			return new Verdict(Level.BAD, "verdict.no-offsets", group.group());
		}
		Level level = group.simple() ? Level.NOTE : Level.BAD;
		String key = group.simple() ? "verdict.simple" : "verdict.empty";
		if (unknown.size() == read.size()) {
			return new Verdict(level, key + "-unknown", group.group());
		}
		return unknown.isEmpty() ? new Verdict(level, key, group.group(), lag(read))
				: new Verdict(level, key + "-unsure", group.group(), lag(read), OffsetVerdicts.named(unknown));
	}

	/**
	 * Of few members the partition is named that has the most, which may be a hot one; of
	 * many the member, which may be a slow one.
	 */
	private static Optional<Verdict> behind(GroupSnapshot group, List<Partition> read) {
		long waiting = lag(read);
		// those in transactions may be none to handle, which a verdict of their own says
		if (waiting - read.stream().mapToLong(Partition::knownInTransactions).sum() < OffsetVerdicts.BEHIND) {
			return Optional.empty();
		}
		List<Partition> unknown = read.stream().filter(Partition::lagIsUnknown).toList();
		if (group.members().size() > FEW_MEMBERS && unknown.isEmpty()) {
			Optional<Verdict> farthest = farthestBehind(group, read, waiting);
			if (farthest.isPresent()) {
				return farthest;
			}
		}
		return read.stream()
			.filter((partition) -> partition.lag() != null)
			.max(Comparator.comparing(Partition::lag))
			.map((worst) -> {
				String most = (worst.owner() != null) ? "%s (%s)".formatted(worst.name(), worst.owner()) : worst.name();
				return unknown.isEmpty()
						? new Verdict(Level.NOTE, "verdict.behind", waiting, String.valueOf(worst.lag()), most)
						: new Verdict(Level.NOTE, "verdict.behind-unsure", waiting, String.valueOf(worst.lag()), most,
								OffsetVerdicts.named(unknown));
			});
	}

	/**
	 * Empty in a share group, in which partitions have no owners.
	 */
	private static Optional<Verdict> farthestBehind(GroupSnapshot group, List<Partition> read, long waiting) {
		Map<String, Long> byOwner = read.stream()
			.filter((partition) -> partition.owner() != null && partition.lag() != null && partition.lag() > 0)
			.collect(Collectors.groupingBy(Partition::owner, Collectors.summingLong(Partition::lag)));
		return byOwner.entrySet()
			.stream()
			.max(Map.Entry.comparingByValue())
			.map((most) -> new Verdict(Level.NOTE, "verdict.behind-members", waiting, byOwner.size(),
					group.members().size(), most.getKey(), most.getValue()));
	}

	/**
	 * The sum of the lags that are known.
	 */
	private static long lag(List<Partition> read) {
		return read.stream().map(Partition::lag).filter(Objects::nonNull).mapToLong(Long::longValue).sum();
	}

	private static Optional<Verdict> idle(GroupSnapshot group, List<Partition> read) {
		List<String> idle = group.members().stream().filter(Member::idle).map(Member::name).toList();
		if (idle.isEmpty()) {
			return Optional.empty();
		}
		int members = group.members().size();
		IdleReason reason = IdleReason.of(group);
		if (reason != IdleReason.MEMBERS) {
			return Optional.of(new Verdict(Level.NOTE, reason.of("verdict.idle"), listed(idle),
					Objects.requireNonNullElse(group.assignor(), "-")));
		}
		return Optional.of(switch (idle.size()) {
			case 1 -> new Verdict(Level.NOTE, "verdict.idle", idle.get(0), members, read.size());
			case 2, 3 -> new Verdict(Level.NOTE, "verdict.idle-several", listed(idle), members, read.size());
			default -> new Verdict(Level.NOTE, "verdict.idle-many", idle.size(), members, read.size());
		});
	}

	private static String listed(@Nullable List<String> partitions) {
		return (partitions == null || partitions.isEmpty()) ? "-" : String.join(", ", partitions);
	}

	/**
	 * Whole seconds until then, tenths below one, rounded up.
	 */
	private static String left(Duration most, Instant since, Instant now) {
		long millis = Math.max(0, Duration.between(now, since.plus(most)).toMillis());
		return (millis <= 1000) ? String.valueOf((millis + 99) / 100 / 10.0) : String.valueOf((millis + 999) / 1000);
	}

}
