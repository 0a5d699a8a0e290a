package lab.console.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import lab.console.process.ProcessTree;
import lab.console.process.Shielded;
import lab.console.terminal.LabException;

/**
 * A program that is measured and is no instance of the lab. Its output is in the log of
 * that name.
 */
final class BenchProcess implements AutoCloseable {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

	private final String name;

	private final BenchLab lab;

	private final Process process;

	/**
	 * Starts it.
	 * @param environment further variables of its environment
	 */
	BenchProcess(String name, List<String> command, Map<String, String> environment, BenchLab lab) {
		this.name = name;
		this.lab = lab;
		ProcessBuilder builder = new ProcessBuilder(Shielded.command(command)).redirectErrorStream(true)
			.redirectOutput(lab.home().logs().resolve(name + ".log").toFile());
		builder.environment().putAll(environment);
		try {
			this.process = builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		lab.cleanup().add(name, STOP_TIMEOUT, this);
	}

	ProcessHandle handle() {
		return this.process.toHandle();
	}

	/**
	 * Whether it still runs.
	 * @throws LabException if it has ended
	 */
	void requireAlive() {
		if (!this.process.isAlive()) {
			throw new LabException(this.lab.messages().get("bench.ended", this.name));
		}
	}

	@Override
	public void close() {
		if (!ProcessTree.stopRoot(handle(), STOP_TIMEOUT) && !Thread.currentThread().isInterrupted()) {
			throw new LabException(this.lab.messages().get("instance.not-ended", this.name));
		}
	}

}
