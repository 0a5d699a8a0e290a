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
 * A process with all that it started. Maven forks the application that it runs, a shell
 * its commands: ending only the one that the console knows would leave the others behind.
 */
public final class ProcessTree {

	private static final Duration GLANCE = Duration.ofMillis(50);

	private static final Duration AFTER_KILL = Duration.ofSeconds(5);

	private ProcessTree() {
	}

	/**
	 * Ends the tree as Ctrl-C in its terminal would, and returns when it is gone. Each
	 * process gets TERM when the children that it had are gone: an application shuts down
	 * in order while the Maven that forked it still waits for it. What is left after
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
		// children that are started later do not hold back their parent: a loop starts
		// ever new ones
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
			await(tree, GLANCE);
			tree = alive(tree);
		}
		tree.forEach(ProcessHandle::destroyForcibly);
		await(tree, AFTER_KILL);
	}

	/**
	 * Asks this process alone to end and waits until it has, however long: for one that
	 * itself stops what it started.
	 */
	public static void stopRoot(ProcessHandle root) {
		root.destroy();
		root.onExit().join();
	}

	/**
	 * Those and all under them; not only from the root, because a child outlives its
	 * parent.
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
