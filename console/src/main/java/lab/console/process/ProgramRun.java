package lab.console.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that has ended.
 *
 * @param status its exit status
 * @param output what it printed to standard output
 * @param errors what it printed to standard error, empty where that is redirected
 */
public record ProgramRun(int status, String output, String errors) {

	/**
	 * Runs a program to its end. It reads nothing from standard input unless that is
	 * redirected. It is killed, with what it started, if it takes longer than the timeout
	 * or this thread is interrupted.
	 * @throws IOException if it cannot be started
	 * @throws TimeoutException if it did not end in time
	 */
	public static ProgramRun of(ProcessBuilder program, Duration timeout)
			throws IOException, TimeoutException, InterruptedException {
		Process process = program.start();
		try {
			long deadline = System.nanoTime() + timeout.toNanos();
			process.getOutputStream().close();
			CompletableFuture<String> output = read(process.getInputStream());
			CompletableFuture<String> errors = read(process.getErrorStream());
			if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
				throw new TimeoutException(String.join(" ", program.command()));
			}
			return new ProgramRun(process.exitValue(), await(output, deadline), await(errors, deadline));
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	private static CompletableFuture<String> read(InputStream stream) {
		return CompletableFuture.supplyAsync(() -> {
			try (stream) {
				return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}, ProgramRun::runInThread);
	}

	/**
	 * Not in the common pool, whose threads are few: a program whose output is not read
	 * does not end.
	 */
	private static void runInThread(Runnable task) {
		Thread thread = new Thread(task, "program output");
		thread.setDaemon(true);
		thread.start();
	}

	private static String await(CompletableFuture<String> text, long deadline)
			throws IOException, TimeoutException, InterruptedException {
		try {
			return text.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			throw new IOException(ex.getCause());
		}
	}

}
