package lab.console.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ends processes together with their descendants: Maven forks the application that it
 * runs, and a shell its commands.
 */
public final class ProcessTree {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

	private static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);

	private ProcessTree() {
	}

	/**
	 * Ends the process and its descendants, and returns when they have ended. Each gets
	 * TERM when the children that it had have ended, so that an application shuts down in
	 * order while the Maven that forked it still waits for it. What still runs after
	 * {@code grace} is killed.
	 */
	public static void stop(ProcessHandle root, Duration grace) {
		stop(Set.of(root), grace);
	}

	/**
	 * Ends several trees at once, as {@link #stop(ProcessHandle, Duration)} ends one.
	 */
	public static void stop(Set<ProcessHandle> roots, Duration grace) {
		long deadline = System.nanoTime() + grace.toNanos();
		// a parent does not wait for children that are started later: a shell's loop
		// always starts another
		Map<ProcessHandle, List<ProcessHandle>> children = new HashMap<>();
		Set<ProcessHandle> asked = new HashSet<>();
		Set<ProcessHandle> tree = alive(roots);
		while (!tree.isEmpty() && System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
			tree.stream()
				.filter((process) -> children.computeIfAbsent(process, (parent) -> parent.children().toList())
					.stream()
					.noneMatch(ProcessHandle::isAlive))
				.filter(asked::add)
				.forEach(ProcessHandle::destroy);
			await(tree, POLL_INTERVAL);
			tree = alive(tree);
		}
		tree.forEach(ProcessHandle::destroyForcibly);
		await(tree, KILL_TIMEOUT);
	}

	/**
	 * Asks this process alone to end, and resumes it if it is suspended (Ctrl-Z): for one
	 * that stops what it started itself.
	 * @param within how long to wait for its end
	 * @return whether it has ended
	 */
	public static boolean stopRoot(ProcessHandle root, Duration within) {
		root.destroy();
		try {
			if (Suspension.suspended(root)) {
				Suspension.resume(root);
			}
		}
		catch (IllegalStateException ex) {
			// suspended again, as by the terminal: it does not end
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return awaitExit(root, within);
	}

	/**
	 * Kills this process alone.
	 * @return whether it has ended, which takes it longer than 5 s only while it waits
	 * for the operating system
	 */
	public static boolean kill(ProcessHandle process) {
		process.destroyForcibly();
		return awaitExit(process, KILL_TIMEOUT);
	}

	private static boolean awaitExit(ProcessHandle process, Duration within) {
		await(Set.of(process), within);
		return !process.isAlive();
	}

	/**
	 * Those of the processes and their descendants that run. The descendants are not
	 * asked of the roots alone, because a child may outlive its parent.
	 */
	private static Set<ProcessHandle> alive(Set<ProcessHandle> processes) {
		return processes.stream()
			.flatMap((process) -> Stream.concat(Stream.of(process), process.descendants()))
			.filter(ProcessHandle::isAlive)
			.collect(Collectors.toSet());
	}

	private static void await(Set<ProcessHandle> processes, Duration time) {
		CompletableFuture<?>[] exits = processes.stream()
			.map(ProcessHandle::onExit)
			.toArray(CompletableFuture<?>[]::new);
		try {
			CompletableFuture.allOf(exits).get(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			// the caller looks at who is still there
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
