package lab.console.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import lab.console.process.LabHome;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * The brokers in containers, through {@code kafka/docker-compose.yml}, or
 * {@code docker-compose.brokers.yml} where they are three, and the very commands that a
 * person would type.
 */
@RequiredArgsConstructor
final class ComposeBroker {

	private static final String ONE = "docker-compose.yml";

	private static final String THREE = "docker-compose.brokers.yml";

	private static final int METRICS_PORT = 9404;

	private enum State {

		RUNNING, PAUSED, STOPPED

	}

	private final LabHome home;

	private final Messages messages;

	private @Nullable List<String> compose;

	/**
	 * Where the container shows its metrics, without which Docker does not start it: 9404
	 * and the next two, as the ports of the brokers are 9092 and the next two hundreds.
	 */
	static int metricsPort(Instance broker) {
		return METRICS_PORT + (broker.port() - Instance.KAFKA.port()) / 100;
	}

	/**
	 * Starts the containers and returns when their health checks are content.
	 */
	void start(List<Instance> brokers) throws InterruptedException {
		run(brokers, "up", "-d");
		mark(brokers, State.RUNNING);
		for (Instance broker : brokers) {
			awaitHealthy(broker);
		}
	}

	private void awaitHealthy(Instance broker) throws InterruptedException {
		String container = run(List.of(broker), "ps", "-q").strip();
		for (String health = ""; !health.equals("healthy");) {
			health = execute(List.of("docker", "inspect", "--format", "{{.State.Health.Status}}", container)).strip();
			if (health.equals("unhealthy")) {
				throw new LabException(
						this.messages.get("docker.unhealthy", run(List.of(broker), "logs", "--tail", "12")));
			}
			TimeUnit.MILLISECONDS.sleep(200);
		}
	}

	void stop(List<Instance> brokers) throws InterruptedException {
		resume(brokers);
		run(brokers, "stop");
		mark(brokers, State.STOPPED);
	}

	void kill(Instance broker) throws InterruptedException {
		resume(List.of(broker));
		run(List.of(broker), "kill");
		mark(List.of(broker), State.STOPPED);
	}

	void pause(Instance broker) throws InterruptedException {
		run(List.of(broker), "pause");
		mark(List.of(broker), State.PAUSED);
	}

	void resume(Instance broker) throws InterruptedException {
		run(List.of(broker), "unpause");
		mark(List.of(broker), State.RUNNING);
	}

	/**
	 * Docker ends no container that is paused.
	 */
	private void resume(List<Instance> brokers) throws InterruptedException {
		for (Instance broker : brokers) {
			if (paused(broker)) {
				resume(broker);
			}
		}
	}

	/**
	 * Removes the containers and their data.
	 */
	void remove() throws InterruptedException {
		run(ONE, "down", "-v");
		run(THREE, "down", "-v");
		forget();
	}

	/**
	 * Whether the lab started the container and has not stopped it since.
	 */
	boolean running(Instance broker) {
		return state(broker).equals(State.RUNNING.name()) || paused(broker);
	}

	boolean paused(Instance broker) {
		return state(broker).equals(State.PAUSED.name());
	}

	/**
	 * Whether this broker of the lab is a container, running or not.
	 */
	boolean chosen(Instance broker) {
		return !state(broker).isEmpty();
	}

	void forget() {
		try {
			Files.deleteIfExists(marker(Instance.KAFKA));
			for (Instance broker : Instance.CLUSTER) {
				Files.deleteIfExists(marker(broker));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String run(List<Instance> brokers, String... arguments) throws InterruptedException {
		List<String> command = new ArrayList<>(List.of(arguments));
		brokers.forEach((broker) -> command.add(broker.name()));
		return run(brokers.contains(Instance.KAFKA) ? ONE : THREE, command.toArray(String[]::new));
	}

	/**
	 * {@code docker-compose} with these arguments, in the folder of its file.
	 * @return what it printed
	 */
	String run(String file, String... arguments) throws InterruptedException {
		List<String> command = new ArrayList<>(compose());
		command.addAll(List.of("-f", file));
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

	private void mark(List<Instance> brokers, State state) {
		try {
			for (Instance broker : brokers) {
				Files.writeString(marker(broker), state.name());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String state(Instance broker) {
		try {
			return Files.exists(marker(broker)) ? Files.readString(marker(broker)) : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path marker(Instance broker) {
		return this.home.folder("run").resolve(broker.name() + ".compose");
	}

}
