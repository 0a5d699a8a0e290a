package lab.console.compare.run;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.IntStream;

import lab.console.compare.plan.MemberKind;
import lab.console.terminal.LabException;
import lombok.RequiredArgsConstructor;

/**
 * The members of one trial: {@code member1}, {@code member2} and so on. All methods throw
 * {@link VoidRunException} if a member fails. Not thread-safe.
 */
@RequiredArgsConstructor
final class TrialMembers implements AutoCloseable {

	private final Hosts hosts;

	private final MemberKind kind;

	/**
	 * The arguments of the member of a name.
	 */
	private final Function<String, List<String>> arguments;

	private final Map<String, MemberHost> members = new LinkedHashMap<>();

	private final Map<String, Instant> joined = new HashMap<>();

	private final Map<String, Instant> silenced = new HashMap<>();

	private int created;

	/**
	 * Starts that many members at once and returns their names when all of them poll.
	 */
	List<String> start(int count) {
		List<String> names = IntStream.range(0, count).mapToObj((i) -> name(++this.created)).toList();
		List<MemberHost> taken = this.hosts.take(count);
		for (int i = 0; i < count; i++) {
			this.members.put(names.get(i), taken.get(i));
		}
		join(names);
		return names;
	}

	static String name(int number) {
		return "member" + number;
	}

	private void join(List<String> names) {
		List<CompletableFuture<Instant>> joining = names.stream()
			.map((name) -> CompletableFuture.supplyAsync(() -> host(name).join(this.kind, this.arguments.apply(name))))
			.toList();
		try {
			for (int i = 0; i < names.size(); i++) {
				this.joined.put(names.get(i), joining.get(i).join());
			}
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof LabException known) ? known : ex;
		}
	}

	/**
	 * Stops the member; its process is used again.
	 */
	void stop(String name) {
		MemberHost host = host(name);
		host.leave();
		this.members.remove(name);
		this.hosts.giveBack(host);
	}

	void restart(String name) {
		host(name).leave();
		join(List.of(name));
	}

	/**
	 * @param at when, as measured before the call
	 */
	void kill(String name, Instant at) {
		this.silenced.put(name, at);
		host(name).kill();
		this.members.remove(name);
	}

	/**
	 * @param at when, as measured before the call
	 */
	void pause(String name, Instant at) throws InterruptedException {
		this.silenced.put(name, at);
		host(name).pause();
	}

	/**
	 * @param at when, as measured before the call
	 */
	void resume(String name, Instant at) throws InterruptedException {
		this.joined.put(name, at);
		host(name).resume();
	}

	/**
	 * Returns the names of the members that were not stopped or killed.
	 */
	List<String> names() {
		return List.copyOf(this.members.keySet());
	}

	/**
	 * Returns the names of the members that publish: of {@link #names()} those that are
	 * not paused.
	 */
	Set<String> live() {
		Set<String> live = new TreeSet<>(this.members.keySet());
		this.silenced.forEach((member, at) -> {
			if (!joinedAt(member).isAfter(at)) {
				live.remove(member);
			}
		});
		return live;
	}

	/**
	 * Returns when the member last joined or was resumed, and {@link Instant#MAX} if it
	 * has not joined yet.
	 */
	Instant joinedAt(String member) {
		return this.joined.getOrDefault(member, Instant.MAX);
	}

	/**
	 * Returns the members that were killed or paused, and when.
	 */
	Map<String, Instant> silenced() {
		return Map.copyOf(this.silenced);
	}

	private MemberHost host(String name) {
		return Objects.requireNonNull(this.members.get(name));
	}

	/**
	 * Has all members leave the group.
	 */
	@Override
	public void close() {
		this.members.values()
			.stream()
			.filter(MemberHost::isAlive)
			.map((host) -> CompletableFuture.runAsync(() -> this.hosts.dismiss(host)))
			.toList()
			.forEach(CompletableFuture::join);
	}

}
