package lab.console.compare;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

import lab.console.compare.measure.Measures;
import lab.console.compare.measure.Outcome;
import lab.console.compare.plan.Plan;
import lab.console.compare.plan.Plan.Item;
import lab.console.compare.report.TimeText;
import lab.console.compare.run.ComparisonListener;
import lab.console.terminal.Messages;

/**
 * Prints each run as it finishes: its result, and how long the remaining ones will take.
 * That is estimated from the plan, corrected by how long the runs so far took.
 * Thread-safe.
 */
final class ComparisonProgress implements ComparisonListener {

	private final PrintStream out;

	private final Messages messages;

	private final int all;

	private final int atOnce;

	private Duration aloneLeft;

	private Duration togetherLeft;

	private Duration estimated = Duration.ZERO;

	private Duration taken = Duration.ZERO;

	private int done;

	ComparisonProgress(PrintStream out, Messages messages, Plan plan) {
		this.out = out;
		this.messages = messages;
		this.all = plan.alone().size() + plan.together().size();
		this.atOnce = plan.parallel();
		this.aloneLeft = sum(plan.alone());
		this.togetherLeft = sum(plan.together());
	}

	private static Duration sum(List<Item> items) {
		return items.stream().map(Item::estimate).reduce(Duration.ZERO, Duration::plus);
	}

	/**
	 * Returns the number of runs.
	 */
	int all() {
		return this.all;
	}

	/**
	 * Estimates how long the remaining runs will take.
	 */
	synchronized Duration left() {
		Duration left = this.aloneLeft.plus(this.togetherLeft.dividedBy(this.atOnce));
		return this.estimated.isZero() ? left
				: Duration.ofMillis(left.toMillis() * this.taken.toMillis() / this.estimated.toMillis());
	}

	@Override
	public synchronized void finished(Item item, Outcome outcome, Duration took) {
		this.done++;
		this.estimated = this.estimated.plus(item.estimate());
		this.taken = this.taken.plus(took);
		if (item.setting().asShipped()) {
			this.togetherLeft = this.togetherLeft.minus(item.estimate());
		}
		else {
			this.aloneLeft = this.aloneLeft.minus(item.estimate());
		}
		Measures measures = outcome.measures();
		String result = outcome.isVoid() ? this.messages.get("compare.void", outcome.problem())
				: (measures != null) ? TimeText.seconds(measures.reassignedMs()) : "";
		this.out.println(this.messages.get("compare.progress", this.done, this.all, item.scenario().code(),
				item.setting().name(), item.memberKind().code(), result, minutes(left())));
	}

	@Override
	public void waiting(int left, Duration atMost) {
		this.out.println(this.messages.get("compare.waiting", left, atMost.toSeconds()));
	}

	/**
	 * Formats minutes and seconds, as in {@code 3:05}.
	 */
	static String minutes(Duration time) {
		return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
	}

}
