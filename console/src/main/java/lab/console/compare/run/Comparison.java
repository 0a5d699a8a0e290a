package lab.console.compare.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import lab.console.compare.measure.Recording;
import lab.console.compare.measure.Measures;
import lab.console.compare.measure.Outcome;
import lab.console.compare.plan.Plan;
import lab.console.compare.plan.Plan.Item;
import lab.console.compare.plan.Setting;
import lab.console.terminal.LabException;
import lombok.RequiredArgsConstructor;

/**
 * Carries out the runs of a plan. {@link #close()} removes from the cluster everything
 * that they created.
 */
@RequiredArgsConstructor
public final class Comparison implements AutoCloseable {

	private final Plan plan;

	private final RunContext context;

	private final List<ComparisonListener> listeners;

	private final List<Outcome> outcomes = new ArrayList<>();

	private final List<ExecutorService> executors = new ArrayList<>();

	private final Object closing = new Object();

	private boolean closed;

	/**
	 * Carries out the runs of tuned settings, one at a time, then those of settings as
	 * shipped, several at once.
	 * @throws LabException if the cluster refuses; a run that is void does not end the
	 * comparison
	 */
	public List<Outcome> run() throws InterruptedException {
		run(this.plan.alone(), 1);
		run(this.plan.together(), this.plan.parallel());
		return this.outcomes;
	}

	private void run(List<Item> items, int atOnce) throws InterruptedException {
		ExecutorService executor = Executors.newFixedThreadPool(atOnce);
		synchronized (this.executors) {
			this.executors.add(executor);
		}
		List<Future<?>> runs = new ArrayList<>();
		for (Item item : items) {
			runs.add(executor.submit((Callable<Void>) () -> run(item)));
		}
		executor.shutdown();
		try {
			for (Future<?> run : runs) {
				run.get();
			}
		}
		catch (ExecutionException ex) {
			executor.shutdownNow();
			throw (ex.getCause() instanceof LabException known) ? known : new IllegalStateException(ex.getCause());
		}
	}

	private Void run(Item item) throws InterruptedException {
		long start = System.nanoTime();
		Outcome outcome;
		try (Trial trial = new Trial(this.context, this.plan, item)) {
			outcome = outcome(item, trial);
		}
		finished(item, outcome, Duration.ofNanos(System.nanoTime() - start));
		return null;
	}

	private Outcome outcome(Item item, Trial trial) throws InterruptedException {
		String scenario = item.scenario().code();
		String setting = item.setting().name();
		String memberKind = item.memberKind().code();
		try {
			Recording recording = trial.run();
			Measures measures = Measures.of(recording);
			String problem = (measures.lost() > 0) ? this.context.messages().get("compare.lost", measures.lost())
					: null;
			return new Outcome(item.number(), scenario, setting, memberKind, measures, problem, recording);
		}
		catch (VoidRunException ex) {
			return new Outcome(item.number(), scenario, setting, memberKind, null, ex.getMessage(), null);
		}
	}

	private synchronized void finished(Item item, Outcome outcome, Duration took) {
		this.outcomes.add(outcome);
		this.listeners.forEach((listener) -> listener.finished(item, outcome, took));
	}

	/**
	 * Stops the runs and deletes their topics and groups. A group that a killed member
	 * was in can be deleted only when its session has timed out. A second call waits for
	 * the first, and does what that one could not.
	 * @throws LabException if something is left on the cluster
	 */
	@Override
	public void close() throws InterruptedException {
		synchronized (this.closing) {
			if (!this.closed) {
				stopAndRemove();
				// only now: interrupted, the next call goes on
				this.closed = true;
			}
		}
	}

	/**
	 * How long closing may take: runs and members end, then the last session times out.
	 */
	public static Duration timeToClose(Plan plan) {
		return longestSession(plan).plus(Duration.ofMinutes(2));
	}

	private static Duration longestSession(Plan plan) {
		return plan.settings().stream().map(Setting::session).max(Duration::compareTo).orElseThrow();
	}

	private void stopAndRemove() throws InterruptedException {
		synchronized (this.executors) {
			this.executors.forEach(ExecutorService::shutdownNow);
		}
		for (ExecutorService executor : this.executors) {
			executor.awaitTermination(30, TimeUnit.SECONDS);
		}
		this.context.hosts().close();
		Duration session = longestSession(this.plan);
		long deadline = System.nanoTime() + session.plusSeconds(10).toNanos();
		Set<String> left = this.context.removeAll();
		if (!left.isEmpty()) {
			notifyWaiting(left.size(), session);
		}
		while (!left.isEmpty() && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(500);
			left = this.context.removeAll();
		}
		if (!left.isEmpty()) {
			throw new LabException(this.context.messages().get("compare.left", String.join(", ", left)));
		}
	}

	private synchronized void notifyWaiting(int left, Duration atMost) {
		this.listeners.forEach((listener) -> listener.waiting(left, atMost));
	}

}
