package lab.console.up;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import lab.console.instance.Instance;
import lab.console.instance.Instances;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal.Style;
import lombok.RequiredArgsConstructor;

/**
 * Prints what the instances log, and says within a second when one has ended, until it is
 * closed.
 */
@RequiredArgsConstructor
final class Supervisor implements AutoCloseable {

	private static final long POLL_INTERVAL_MS = 100;

	/**
	 * Only every tenth poll looks at the processes, because that costs more than reading
	 * the logs.
	 */
	private static final int POLLS_PER_LOOK = 10;

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

	private final LogFollower follower;

	private final Instances instances;

	private final UpOutput output;

	private final Messages messages;

	private Set<String> running = Set.of();

	private int polls;

	private boolean failing;

	void start() {
		this.executor.scheduleWithFixedDelay(this::poll, 0, POLL_INTERVAL_MS, TimeUnit.MILLISECONDS);
	}

	/**
	 * An error is printed once and the next poll tries again: an exception would end the
	 * scheduled task.
	 */
	void poll() {
		try {
			this.follower.printNewLines();
			if (this.polls % POLLS_PER_LOOK == 0) {
				sayWhatHasEnded();
			}
			this.polls++;
			this.failing = false;
		}
		catch (IOException | RuntimeException ex) {
			if (!this.failing) {
				this.output.say(Style.YELLOW, this.messages.get("up.unreadable", ex));
			}
			this.failing = true;
		}
	}

	private void sayWhatHasEnded() {
		Set<String> now = new HashSet<>(this.instances.running().stream().map(Instance::name).toList());
		Set<String> before = this.running;
		this.running = now;
		before.stream()
			.filter((name) -> !now.contains(name))
			.forEach((name) -> this.output.say(Style.YELLOW, this.messages.get("up.gone", name)));
	}

	@Override
	public void close() throws InterruptedException {
		this.executor.shutdown();
		this.executor.awaitTermination(1, TimeUnit.SECONDS);
	}

}
