package lab.console.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Holds a process still and lets it go on: it keeps its memory and its connections, and
 * does nothing, as in a long pause of the garbage collector.
 */
public final class Suspension {

	private static final Path PROC = Path.of("/proc/self/stat");

	private static final Duration LOOK = Duration.ofMillis(5);

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private Suspension() {
	}

	/**
	 * Returns when it stands still: the signal only asks for that.
	 */
	public static void suspend(ProcessHandle process) throws InterruptedException {
		signal("STOP", process);
		await(process, true);
	}

	/**
	 * Returns when it goes on.
	 */
	public static void resume(ProcessHandle process) throws InterruptedException {
		signal("CONT", process);
		await(process, false);
	}

	private static void await(ProcessHandle process, boolean suspended) throws InterruptedException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (suspended(process) != suspended && process.isAlive() && System.nanoTime() < end) {
			TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
		}
	}

	/**
	 * Asked of the system, so that it is known whoever suspended it.
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
	 * Linux tells it in a file, which costs nothing and needs no {@code ps} to be
	 * installed; macOS has {@code ps}.
	 */
	private static String state(ProcessHandle process) throws IOException {
		if (Files.exists(PROC)) {
			String stat = Files.readString(Path.of("/proc/%d/stat".formatted(process.pid())));
			return stat.substring(stat.lastIndexOf(')') + 1).strip();
		}
		return output("ps", "-o", "stat=", "-p", String.valueOf(process.pid()));
	}

	private static String output(String... command) throws IOException {
		Process process = new ProcessBuilder(command).start();
		return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
	}

	/**
	 * The shell has {@code kill} built in, also where there is no program of that name.
	 */
	private static void signal(String signal, ProcessHandle process) throws InterruptedException {
		try {
			new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, process.pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
