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
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import lab.console.compare.plan.MemberKind;
import lab.console.process.Jvm;
import lab.console.process.LabHome;
import lab.console.process.ProcessTree;
import lab.console.process.Shielded;
import lab.console.process.Suspension;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;

/**
 * A process of {@code lab.bench} that joins and leaves groups on command, one at a time.
 * It ends by itself when this process ends.
 */
final class MemberHost implements AutoCloseable {

	/**
	 * How long a member may take to join or to leave.
	 */
	private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);

	/**
	 * How long the process may take to end.
	 */
	private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(10);

	private final Process process;

	private final PrintStream commands;

	/**
	 * The lines that the process printed; empty when it has ended.
	 */
	private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

	private final Path log;

	private final Messages messages;

	private MemberHost(Process process, Path log, Messages messages) {
		this.process = process;
		this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
		this.log = log;
		this.messages = messages;
		Thread reader = new Thread(this::readAnswers, "member-answers");
		reader.setDaemon(true);
		reader.start();
	}

	private void readAnswers() {
		try (BufferedReader lines = this.process.inputReader(StandardCharsets.UTF_8)) {
			lines.lines().map(Optional::of).forEach(this.answers::add);
		}
		catch (IOException | UncheckedIOException ex) {
			// the process has ended
		}
		finally {
			this.answers.add(Optional.empty());
		}
	}

	static MemberHost start(LabHome home, Path log, Messages messages) {
		try {
			String classPath = String.join(File.pathSeparator,
					home.root().resolve("product1/target/classes").toString(), home.classPath("bench"));
			Process process = new ProcessBuilder(
					Shielded.command(List.of(Jvm.executable(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
							"-Xmx256m", "-Dfile.encoding=UTF-8", "-cp", classPath, "lab.bench.MemberProcess")))
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
	 * Joins a group and returns when the member polls.
	 * @return when it began to join
	 */
	Instant join(MemberKind kind, List<String> arguments) {
		this.commands.println("join\t" + kind.code() + "\t" + String.join("\t", arguments));
		return Instant.parse(expect("joined"));
	}

	/**
	 * Leaves the group and returns when that is done.
	 */
	void leave() {
		this.commands.println("leave");
		expect("left");
	}

	/**
	 * @return the rest of the answer
	 * @throws VoidRunException if the answer does not start with the word, does not come
	 * in time, or the process has ended
	 */
	private String expect(String word) {
		try {
			Optional<String> answer = this.answers.poll(ANSWER_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
			if (answer == null) {
				this.process.destroyForcibly();
				throw failed(this.messages.get("compare.member-silent", ANSWER_TIMEOUT.toSeconds()));
			}
			if (answer.isEmpty()) {
				this.answers.add(answer);
				throw failed(this.messages.get("compare.member-ended"));
			}
			if (!answer.get().startsWith(word)) {
				throw failed(answer.get().replace('\t', ' '));
			}
			return answer.get().substring(word.length()).strip();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LabException(this.messages.get("cluster.interrupted"), ex);
		}
	}

	private VoidRunException failed(String reason) {
		return new VoidRunException(this.messages.get("compare.member", reason, this.log));
	}

	/**
	 * Kills the process and returns when it has ended.
	 */
	void kill() {
		this.process.destroyForcibly().onExit().orTimeout(EXIT_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
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
	 * Resumes the process if it is suspended, has it leave its group and end. It is
	 * killed if that takes too long.
	 */
	@Override
	public void close() {
		try {
			resume();
			this.commands.close();
			this.process.onExit().orTimeout(EXIT_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (CompletionException | IllegalStateException ex) {
			// it does not end by itself, or does not resume
			ProcessTree.stop(this.process.toHandle(), Duration.ZERO);
		}
	}

}
