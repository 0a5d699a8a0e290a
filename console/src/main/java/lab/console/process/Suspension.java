package lab.console.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Suspends and resumes a process. While suspended it keeps its memory and connections and
 * does nothing, as in a long pause of the garbage collector.
 */
public final class Suspension {

	private static final Path PROC = Path.of("/proc/self/stat");

	private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private Suspension() {
	}

	/**
	 * Suspends the process and returns when it no longer runs.
	 * @throws IllegalStateException if it still runs after 5 s
	 */
	public static void suspend(ProcessHandle process) throws InterruptedException {
		signal("STOP", process);
		await(process, true);
	}

	/**
	 * Resumes the process and returns when it runs.
	 * @throws IllegalStateException if it is still suspended after 5 s
	 */
	public static void resume(ProcessHandle process) throws InterruptedException {
		signal("CONT", process);
		await(process, false);
	}

	private static void await(ProcessHandle process, boolean suspended) throws InterruptedException {
		long end = System.nanoTime() + TIMEOUT.toNanos();
		while (suspended(process) != suspended && process.isAlive()) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException("process %d is not %s after %d s".formatted(process.pid(),
						suspended ? "suspended" : "resumed", TIMEOUT.toSeconds()));
			}
			TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
		}
	}

	/**
	 * Whether the process is suspended, by the lab or by another program.
	 */
	public static boolean suspended(ProcessHandle process) {
		try {
			return state(process).startsWith("T");
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Read from a file on Linux, which is fast and needs no {@code ps}; macOS has
	 * {@code ps}.
	 */
	private static String state(ProcessHandle process) throws IOException {
		if (Files.exists(PROC)) {
			String stat = Files.readString(Path.of("/proc/%d/stat".formatted(process.pid())));
			return stat.substring(stat.lastIndexOf(')') + 1).strip();
		}
		try {
			return ProgramRun.of(new ProcessBuilder("ps", "-o", "stat=", "-p", String.valueOf(process.pid())), TIMEOUT)
				.output()
				.strip();
		}
		catch (TimeoutException ex) {
			throw new IOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	/**
	 * Uses the shell's own {@code kill}, because not every machine has a program of that
	 * name.
	 */
	private static void signal(String signal, ProcessHandle process) throws InterruptedException {
		try {
			ProgramRun.of(new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, process.pid())), TIMEOUT);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
