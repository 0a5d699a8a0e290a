package lab.console.chaos.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import lab.console.terminal.LabException;
import lab.console.terminal.Messages;

/**
 * Waits for what has to come about, as long as for a state of the group.
 */
record Waits(Messages messages) {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

	/**
	 * Something that becomes true.
	 */
	interface Condition {

		boolean holds() throws InterruptedException;

	}

	/**
	 * @throws LabException with that message unless it holds in time
	 */
	void await(Condition condition, String messageKey) throws InterruptedException {
		long deadline = System.nanoTime() + GroupLog.TIMEOUT.toNanos();
		while (!condition.holds()) {
			require(System.nanoTime() < deadline, messageKey);
			TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
		}
	}

	/**
	 * @throws LabException with that message unless it was so in time
	 */
	void require(boolean so, String messageKey) {
		if (!so) {
			throw new LabException(this.messages.get(messageKey, GroupLog.TIMEOUT.toSeconds()));
		}
	}

}
