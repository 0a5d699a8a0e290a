package lab.console.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import lab.console.group.GroupSnapshot;
import lab.console.group.PossibleCause;
import lab.console.group.Verdict.Silence;
import lab.console.instance.Instance;
import lab.console.instance.InstanceState;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * The members that send no heartbeats, and paused products that were members. That is
 * known of the lab's own processes, and under KIP-848 of static members that have left.
 */
@RequiredArgsConstructor
final class Silences {

	/**
	 * A process that died or was paused in the lab is seen to be silent within this time.
	 */
	private static final Duration SEEN_WITHIN = Duration.ofSeconds(10);

	private final History history;

	private final Map<String, Silence> byMember = new HashMap<>();

	/** The lab's products that are paused and not in the group. */
	private List<String> pausedApart = List.of();

	/**
	 * @param processes the lab's own, by instance
	 */
	void look(GroupSnapshot now, Map<String, InstanceState> processes) {
		Map<String, Silence> before = Map.copyOf(this.byMember);
		this.byMember.clear();
		for (GroupSnapshot.Member member : now.members()) {
			InstanceState process = processes.get(member.clientId());
			boolean lives = process == null || process.state() == InstanceState.State.RUNNING
					|| process.state() == InstanceState.State.ELSEWHERE;
			if (lives && !member.away()) {
				continue;
			}
			boolean paused = process != null && process.state() == InstanceState.State.PAUSED;
			Silence known = before.get(member.name());
			this.byMember.put(member.name(),
					(known != null) ? known : new Silence(silentSince(member, paused, now.at()), paused));
		}
		this.pausedApart = processes.entrySet()
			.stream()
			.filter((process) -> process.getValue().state() == InstanceState.State.PAUSED)
			.map(Map.Entry::getKey)
			.filter((name) -> Instance.named(name).filter(Instance::isProduct).isPresent())
			.filter((name) -> now.members().stream().noneMatch((member) -> member.clientId().equals(name)))
			.sorted()
			.toList();
	}

	/**
	 * The product that is paused and is not in the group any more, if there is one.
	 */
	Optional<String> pausedApart() {
		return this.pausedApart.stream().findFirst();
	}

	/**
	 * The time at which the lab paused or killed the process, else now. A static member
	 * that was stopped has not crashed, although it stays a member as after a crash.
	 */
	private Instant silentSince(GroupSnapshot.Member member, boolean paused, Instant now) {
		Instant lately = now.minus(SEEN_WITHIN);
		PossibleCause.Kind kind = paused ? PossibleCause.Kind.PAUSED : PossibleCause.Kind.DIED;
		return this.history.last(kind, member.clientId(), lately)
			.or(() -> (member.groupInstanceId() != null && !paused)
					? this.history.last(PossibleCause.Kind.STOPPED, member.clientId(), lately) : Optional.empty())
			.orElseGet(() -> {
				if (!member.away()) {
					this.history.add(new PossibleCause(now, kind, member.clientId(), false));
				}
				return now;
			});
	}

	/**
	 * The silent members by their names.
	 */
	Map<String, Silence> byMember() {
		return this.byMember;
	}

	/**
	 * @return null where the member is not silent
	 */
	@Nullable Instant since(GroupSnapshot.Member member) {
		Silence silence = this.byMember.get(member.name());
		return (silence != null) ? silence.since() : null;
	}

}
