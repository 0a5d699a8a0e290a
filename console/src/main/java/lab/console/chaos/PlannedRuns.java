package lab.console.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import lab.console.chaos.ledger.RunHistory;
import lab.console.chaos.run.ChaosLab;
import lab.console.chaos.run.NotPossibleException;
import lab.console.chaos.run.RunPlan;
import lab.console.process.Cleanup;
import lab.console.process.LabHome;
import lab.console.terminal.CleanupReport;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;

/**
 * Carries out runs one after the other. They share a lab as long as each leaves it
 * unchanged.
 */
final class PlannedRuns {

	private static final Duration MESSAGE_TIMEOUT = Duration.ofSeconds(5);

	private final Deque<RunPlan> remaining;

	private final LabHome home;

	private final Path folder;

	private final LedgerReport report;

	private final Messages messages;

	private boolean kept = true;

	/**
	 * @param home for the lab's data and logs alone
	 * @param folder for the histories
	 */
	PlannedRuns(List<RunPlan> plans, LabHome home, Path folder, LedgerReport report, Messages messages) {
		this.remaining = new ArrayDeque<>(plans);
		this.home = home;
		this.folder = folder;
		this.report = report;
		this.messages = messages;
	}

	/**
	 * @param named whether the faults were asked for by name, so that one that is not
	 * possible here is a failure
	 * @return the status: 0 if each fault was effective and every promise was kept
	 */
	int performAll(boolean named) throws Exception {
		int status = 0;
		try {
			while (status == 0 && !this.remaining.isEmpty()) {
				try {
					status = Cleanup.run(new CleanupReport(this.messages), this::performInOneLab);
				}
				catch (NotPossibleException ex) {
					this.report.addNotPossible(this.remaining.remove(), String.valueOf(ex.getMessage()));
					this.kept &= !named;
				}
				catch (RunFailedException ex) {
					this.report.addFailed(this.remaining.remove(), String.valueOf(ex.getMessage()));
					this.kept = false;
				}
			}
		}
		finally {
			if (status != Cleanup.INTERRUPTED) {
				this.report.print();
			}
		}
		return (status == 0 && !this.kept) ? 1 : status;
	}

	private int performInOneLab(Cleanup cleanup) throws InterruptedException {
		cleanup.add("chaos", MESSAGE_TIMEOUT, () -> {
			if (cleanup.interrupted()) {
				tellInterrupted();
			}
		});
		announce(this.remaining.element());
		ChaosLab lab = ChaosLab.start(this.remaining.element(), this.home, this.messages, cleanup);
		perform(lab);
		while (!this.remaining.isEmpty() && lab.serves(this.remaining.element())) {
			announce(this.remaining.element());
			perform(lab);
		}
		return 0;
	}

	/**
	 * Prints what was done. Is called while the process ends, so nothing is printed after
	 * it.
	 */
	private void tellInterrupted() {
		this.report.print();
		RunPlan plan = this.remaining.peek();
		if (plan != null) {
			System.err
				.println(this.messages.get("chaos.interrupted", plan.fault().code(), String.valueOf(plan.seed())));
		}
	}

	private void announce(RunPlan plan) {
		System.err.println(this.messages.get("chaos.begin", plan.fault().code(),
				this.messages.get("chaos.fault." + plan.fault().code()), String.valueOf(plan.seed()), plan.protocol()));
	}

	private void perform(ChaosLab lab) throws InterruptedException {
		RunPlan plan = this.remaining.element();
		Path file = this.folder.resolve(plan.file());
		historyOf(plan, lab).write(file, this.messages);
		this.kept &= this.report.add(RunHistory.read(file, this.messages), file);
		this.remaining.remove();
	}

	/**
	 * Ends only this run if it fails: the next one starts a new lab.
	 */
	private static RunHistory historyOf(RunPlan plan, ChaosLab lab) throws InterruptedException {
		try {
			return lab.perform(plan);
		}
		catch (LabException ex) {
			throw new RunFailedException(ex);
		}
	}

	/**
	 * The lab did not reach a state in time, so that the run has no history.
	 */
	private static final class RunFailedException extends LabException {

		private RunFailedException(LabException failure) {
			super(String.valueOf(failure.getMessage()), failure);
		}

	}

}
