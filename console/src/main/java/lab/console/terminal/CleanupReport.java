package lab.console.terminal;

import java.util.concurrent.TimeoutException;

import lab.console.process.Cleanup;

/**
 * Prints to standard error what a command could not undo.
 */
public record CleanupReport(Messages messages) implements Cleanup.FailureReport {

	@Override
	public void notDone(String what, Exception reason) {
		System.err.println("lab: " + ((reason instanceof TimeoutException)
				? this.messages.get("cleanup.late", what, reason.getMessage()) : (reason instanceof LabException)
						? reason.getMessage() : this.messages.get("cleanup.failed", what, reason)));
	}

}
