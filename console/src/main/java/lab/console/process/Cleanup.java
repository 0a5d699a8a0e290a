package lab.console.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Undoes what a command did: stops what it started, deletes what it created. Each step is
 * registered before or as soon as its thing is started, and runs once, in reverse order,
 * when this is closed or when the process is told to end (Ctrl-C, TERM, HUP). In the
 * latter case the thread that created this is interrupted first, and the process ends
 * when the last step has.
 * <p>
 * A resource that starts several things must not start more after it is closed: the
 * interrupted thread may be in the middle of it. Thread-safe.
 */
public final class Cleanup implements AutoCloseable {

	/**
	 * What a shell reports of a program that Ctrl-C ended.
	 */
	public static final int INTERRUPTED = 130;

	/**
	 * Is told of each step that was not done: with a {@link TimeoutException} if it took
	 * too long, or with what it threw if nobody else can be told.
	 */
	@FunctionalInterface
	public interface FailureReport {

		void notDone(String what, Exception reason);

	}

	/**
	 * A command, which registers what is to be undone when it ends.
	 */
	@FunctionalInterface
	public interface Command {

		int run(Cleanup cleanup) throws Exception;

	}

	private record Undo(String what, Duration within, AutoCloseable resource) {
	}

	private final FailureReport report;

	private final Thread command = Thread.currentThread();

	private final Thread hook = new Thread(this::interrupt, "cleanup");

	private final Deque<Undo> steps = new ArrayDeque<>();

	/**
	 * Held by the thread that undoes the steps; another that closes this waits for it,
	 * which has an end because every step has a deadline.
	 */
	private final Object undoing = new Object();

	private boolean closing;

	private boolean interrupted;

	public Cleanup(FailureReport report) {
		this.report = report;
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	/**
	 * Runs the command and undoes what it registered.
	 * @return what the command returned; {@value #INTERRUPTED} if the process was told to
	 * end meanwhile, and then nothing is thrown
	 */
	public static int run(FailureReport report, Command command) throws Exception {
		try (Cleanup cleanup = new Cleanup(report)) {
			try {
				int status = command.run(cleanup);
				return cleanup.interrupted() ? INTERRUPTED : status;
			}
			catch (Exception ex) {
				if (cleanup.interrupted()) {
					return INTERRUPTED;
				}
				throw ex;
			}
		}
	}

	/**
	 * Closes the resource in the end, or at once if closing has begun.
	 * @param what names it in the report
	 * @param within how long closing may take before the next step is begun
	 * @return the resource
	 */
	public <T extends AutoCloseable> T add(String what, Duration within, T resource) {
		Undo undo = new Undo(what, within, resource);
		if (!registered(undo)) {
			undo(undo, this.report);
		}
		return resource;
	}

	private synchronized boolean registered(Undo undo) {
		if (!this.closing) {
			this.steps.push(undo);
		}
		return !this.closing;
	}

	/**
	 * Whether the process was told to end before the command had ended by itself.
	 */
	public synchronized boolean interrupted() {
		return this.interrupted;
	}

	/**
	 * Waits until the process is told to end, for a command that runs until Ctrl-C.
	 * Always ends with the exception.
	 * @throws InterruptedException when the process is told to end
	 */
	public void awaitInterrupt() throws InterruptedException {
		while (true) {
			TimeUnit.DAYS.sleep(1);
		}
	}

	/**
	 * Undoes every step that was not undone yet, and returns when all are.
	 * @throws RuntimeException what the first step that failed threw, unless the process
	 * was told to end; what further steps threw is suppressed
	 */
	@Override
	public void close() {
		List<Exception> failures = new ArrayList<>();
		undoAll((what, failure) -> {
			if (interrupted()) {
				this.report.notDone(what, failure);
			}
			else {
				failures.add(failure);
			}
		});
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// the process is ending
		}
		if (!failures.isEmpty()) {
			RuntimeException failure = (failures.get(0) instanceof RuntimeException unchecked) ? unchecked
					: new IllegalStateException(failures.get(0));
			failures.subList(1, failures.size()).forEach(failure::addSuppressed);
			throw failure;
		}
	}

	/**
	 * What the shutdown hook does: the process ends when it returns.
	 */
	void interrupt() {
		synchronized (this) {
			this.interrupted = !this.closing;
			this.closing = true;
		}
		if (interrupted()) {
			this.command.interrupt();
		}
		undoAll(this.report);
	}

	private void undoAll(FailureReport failed) {
		synchronized (this.undoing) {
			for (Undo next = next(); next != null; next = next()) {
				undo(next, failed);
			}
		}
	}

	private synchronized @Nullable Undo next() {
		this.closing = true;
		return this.steps.poll();
	}

	/**
	 * Runs the step in a thread of its own, so that neither an interrupt of this one nor
	 * a step that hangs keeps the next step from being run.
	 */
	private void undo(Undo undo, FailureReport failed) {
		FutureTask<Void> task = new FutureTask<>(() -> {
			undo.resource.close();
			return null;
		});
		Thread thread = new Thread(task, "undo " + undo.what);
		thread.setDaemon(true);
		thread.start();
		try {
			await(task, undo.within);
		}
		catch (TimeoutException ex) {
			task.cancel(true);
			this.report.notDone(undo.what, new TimeoutException(undo.within.toSeconds() + " s"));
		}
		catch (ExecutionException ex) {
			failed.notDone(undo.what, (ex.getCause() instanceof Exception failure) ? failure : ex);
		}
	}

	private static void await(FutureTask<Void> task, Duration time) throws TimeoutException, ExecutionException {
		long deadline = System.nanoTime() + time.toNanos();
		boolean interrupted = false;
		try {
			while (true) {
				try {
					task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
					return;
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
