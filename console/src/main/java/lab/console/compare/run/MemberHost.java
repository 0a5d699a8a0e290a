package lab.console.compare.run;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import lab.console.compare.plan.MemberKind;
import lab.console.process.LabHome;
import lab.console.process.ProcessTree;
import lab.console.process.Shielded;
import lab.console.process.Suspension;
import lab.console.terminal.Messages;

/**
 * A process that becomes a member of a group when told (see {@code lab.bench}). It ends
 * by itself when this process is gone.
 */
final class MemberHost implements AutoCloseable {

	private static final Duration GRACE = Duration.ofSeconds(10);

	private final Process process;

	private final PrintStream orders;

	private final BufferedReader answers;

	private final Path log;

	private final Messages messages;

	private MemberHost(Process process, Path log, Messages messages) {
		this.process = process;
		this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
		this.answers = process.inputReader(StandardCharsets.UTF_8);
		this.log = log;
		this.messages = messages;
	}

	static MemberHost start(LabHome home, Path log, Messages messages) {
		try {
			String classPath = String.join(File.pathSeparator,
					home.root().resolve("product1/target/classes").toString(), home.classPath("bench"));
			Process process = new ProcessBuilder(
					Shielded.command(List.of(Shielded.java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m",
							"-Dfile.encoding=UTF-8", "-cp", classPath, "lab.bench.MemberProcess")))
				.redirectError(log.toFile())
				.start();
			return new MemberHost(process, log, messages);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void awaitReady() {
		expect("ready");
	}

	/**
	 * Returns when it polls.
	 * @return when it began to join
	 */
	Instant join(MemberKind series, List<String> arguments) {
		this.orders.println("join\t" + series.code() + "\t" + String.join("\t", arguments));
		return Instant.parse(expect("joined"));
	}

	/**
	 * Returns when it has left.
	 */
	void leave() {
		this.orders.println("leave");
		expect("left");
	}

	/**
	 * @throws VoidRunException if it answers something else
	 */
	private String expect(String word) {
		try {
			String answer = this.answers.readLine();
			if (answer == null || !answer.startsWith(word)) {
				throw new VoidRunException(this.messages.get("compare.member",
						(answer != null) ? answer.replace('\t', ' ') : this.messages.get("compare.member-ended"),
						this.log));
			}
			return answer.substring(word.length()).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Ends it in the middle of whatever it does.
	 */
	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	void pause() throws InterruptedException {
		Suspension.suspend(this.process.toHandle());
	}

	void resume() throws InterruptedException {
		Suspension.resume(this.process.toHandle());
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * It leaves its group first; one that is held still is let go on for it.
	 */
	@Override
	public void close() {
		try {
			resume();
			this.orders.close();
			this.process.onExit().orTimeout(GRACE.toSeconds(), TimeUnit.SECONDS).join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (CompletionException ex) {
			ProcessTree.stop(this.process.toHandle(), Duration.ZERO);
		}
	}

}
