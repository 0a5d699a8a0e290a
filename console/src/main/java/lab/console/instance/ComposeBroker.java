package lab.console.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import lab.console.terminal.LabException;
import lab.console.terminal.LabHome;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * The broker in a container, through {@code kafka/docker-compose.yml} and the very
 * commands that a person would type.
 */
@RequiredArgsConstructor
final class ComposeBroker {

	private enum State {

		RUNNING, STOPPED

	}

	private final LabHome home;

	private final Messages messages;

	private @Nullable List<String> compose;

	/**
	 * Starts the container and returns when its health check is content.
	 */
	void start() throws InterruptedException {
		run("up", "-d");
		mark(State.RUNNING);
		String container = run("ps", "-q", "kafka").strip();
		for (String health = ""; !health.equals("healthy");) {
			health = execute(List.of("docker", "inspect", "--format", "{{.State.Health.Status}}", container)).strip();
			if (health.equals("unhealthy")) {
				throw new LabException(this.messages.get("docker.unhealthy", run("logs", "--tail", "12", "kafka")));
			}
			TimeUnit.MILLISECONDS.sleep(200);
		}
	}

	void stop() throws InterruptedException {
		run("stop");
		mark(State.STOPPED);
	}

	void kill() throws InterruptedException {
		run("kill");
		mark(State.STOPPED);
	}

	/**
	 * Removes the container and its data.
	 */
	void remove() throws InterruptedException {
		run("down", "-v");
		forget();
	}

	/**
	 * Whether the lab started the container and has not stopped it since.
	 */
	boolean running() {
		return state().equals(State.RUNNING.name());
	}

	/**
	 * Whether this lab's broker is the container, running or not.
	 */
	boolean chosen() {
		return !state().isEmpty();
	}

	/**
	 * The next broker may be another one.
	 */
	void forget() {
		try {
			Files.deleteIfExists(marker());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * {@code docker-compose} with these arguments, in the folder of its file.
	 * @return what it printed
	 */
	String run(String... arguments) throws InterruptedException {
		List<String> command = new ArrayList<>(compose());
		command.addAll(List.of(arguments));
		return execute(command);
	}

	private List<String> compose() throws InterruptedException {
		if (this.compose == null) {
			this.compose = findCompose();
		}
		return this.compose;
	}

	/**
	 * {@code docker compose} where Docker has it, else {@code docker-compose}.
	 */
	private List<String> findCompose() throws InterruptedException {
		for (List<String> command : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
			List<String> version = new ArrayList<>(command);
			version.add("version");
			try {
				execute(version);
				return command;
			}
			catch (LabException ex) {
				// the other one, then
			}
		}
		throw new LabException(this.messages.get("docker.absent"));
	}

	private String execute(List<String> command) throws InterruptedException {
		try {
			Process process = new ProcessBuilder(command).directory(this.home.root().resolve("kafka").toFile())
				.redirectErrorStream(true)
				.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new LabException(this.messages.get("docker.failed", String.join(" ", command), output.strip()));
			}
			return output;
		}
		catch (IOException ex) {
			throw new LabException(this.messages.get("docker.absent"), ex);
		}
	}

	private void mark(State state) {
		try {
			Files.writeString(marker(), state.name());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String state() {
		try {
			return Files.exists(marker()) ? Files.readString(marker()) : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path marker() {
		return this.home.folder("run").resolve("kafka.compose");
	}

}
