package lab.console.compare.run;

import java.time.Duration;

import lab.console.compare.measure.Outcome;
import lab.console.compare.plan.Plan.Item;

/**
 * Is told how a comparison advances. Calls come from several threads, one at a time.
 */
public interface ComparisonListener {

	/**
	 * Called after each run.
	 * @param took how long the run took
	 */
	void finished(Item item, Outcome outcome, Duration took);

	/**
	 * Called when the runs are over and topics or groups cannot be deleted yet.
	 * @param left how many
	 * @param atMost how long that can take
	 */
	default void waiting(int left, Duration atMost) {
	}

}
