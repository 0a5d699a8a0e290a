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

import lab.console.compare.ComparisonProgress;
import lab.console.compare.measure.Recording;
import lab.console.compare.measure.Measures;
import lab.console.compare.measure.Outcome;
import lab.console.compare.plan.Plan;
import lab.console.compare.plan.Plan.Item;
import lab.console.compare.plan.Setting;
import lab.console.compare.report.ResultFiles;
import lab.console.terminal.LabException;
import lombok.RequiredArgsConstructor;

/**
 * Carries out a plan, run by run, and leaves nothing on the cluster however it ends.
 */
@RequiredArgsConstructor
public final class Comparison implements AutoCloseable {

	private final Plan plan;

	private final RunContext rig;

	private final ComparisonProgress progress;

	private final ResultFiles evidence;

	private final List<Outcome> outcomes = new ArrayList<>();

	private final List<ExecutorService> executors = new ArrayList<>();

	/**
	 * Tuned settings first, one run at a time; then those as shipped.
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
		try (Trial trial = new Trial(this.rig, this.plan, item)) {
			outcome = outcome(item, trial);
		}
		note(outcome);
		this.progress.done(item, outcome, Duration.ofNanos(System.nanoTime() - start));
		return null;
	}

	private Outcome outcome(Item item, Trial trial) throws InterruptedException {
		String scenario = item.scenario().code();
		String setting = item.setting().name();
		String series = item.series().code();
		try {
			Recording history = trial.run();
			Measures measures = Measures.of(history);
			String problem = (measures.lost() > 0) ? this.rig.messages().get("compare.lost", measures.lost()) : null;
			return new Outcome(item.number(), scenario, setting, series, measures, problem, history);
		}
		catch (VoidRunException ex) {
			return new Outcome(item.number(), scenario, setting, series, null, ex.getMessage(), null);
		}
	}

	private synchronized void note(Outcome outcome) {
		this.outcomes.add(outcome);
		this.evidence.note(outcome);
	}

	/**
	 * Ends what is under way. A member that was killed is in its group until its session
	 * is over, so that the group can be deleted only then.
	 */
	@Override
	public void close() throws InterruptedException {
		synchronized (this.executors) {
			this.executors.forEach(ExecutorService::shutdownNow);
		}
		for (ExecutorService executor : this.executors) {
			executor.awaitTermination(30, TimeUnit.SECONDS);
		}
		this.rig.hosts().close();
		Duration session = this.plan.settings().stream().map(Setting::session).max(Duration::compareTo).orElseThrow();
		long deadline = System.nanoTime() + session.plusSeconds(10).toNanos();
		Set<String> left = this.rig.removeAll();
		if (!left.isEmpty()) {
			this.progress.waiting(left.size(), session);
		}
		while (!left.isEmpty() && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(500);
			left = this.rig.removeAll();
		}
		if (!left.isEmpty()) {
			throw new LabException(this.rig.messages().get("compare.left", String.join(", ", left)));
		}
	}

}
