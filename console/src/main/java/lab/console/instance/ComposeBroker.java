package lab.console.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import lab.console.process.LabHome;
import lab.console.process.ProgramRun;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * Brokers in containers of {@code kafka/docker-compose.yml}, or of
 * {@code docker-compose.brokers.yml} if there are three. Runs Docker Compose as a person
 * would, and remembers in files which containers the lab has started.
 */
@RequiredArgsConstructor
final class ComposeBroker implements Host {

	private static final String ONE = "docker-compose.yml";

	private static final String THREE = "docker-compose.brokers.yml";

	private static final int METRICS_PORT = 9404;

	private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

	/**
	 * For a command that may first download an image.
	 */
	private static final Duration TIMEOUT = Duration.ofMinutes(10);

	private static final Duration HEALTH_TIMEOUT = Duration.ofMinutes(3);

	private enum State {

		RUNNING, PAUSED, STOPPED

	}

	private final LabHome home;

	private final Messages messages;

	private @Nullable List<String> compose;

	/**
	 * The broker's own port and that of its metrics, which is 9404, or 9405 and 9406 for
	 * the second and third broker.
	 */
	@Override
	public List<Integer> ports(Instance broker) {
		return List.of(broker.port(), METRICS_PORT + (broker.port() - Instance.KAFKA.port()) / 100);
	}

	/**
	 * Notes that the containers are being started, so that they are stopped even if
	 * {@link #start} is interrupted.
	 */
	void begin(List<Instance> brokers) {
		mark(brokers, State.RUNNING);
	}

	/**
	 * Starts the containers and returns when they are healthy.
	 * @throws LabException if one is not, after 3 min
	 */
	void start(List<Instance> brokers) throws InterruptedException {
		try {
			run(brokers, "up", "-d");
		}
		catch (LabException ex) {
			mark(brokers, State.STOPPED);
			throw ex;
		}
		mark(brokers, State.RUNNING);
		for (Instance broker : brokers) {
			awaitHealthy(broker);
		}
	}

	private void awaitHealthy(Instance broker) throws InterruptedException {
		String container = run(List.of(broker), "ps", "-q").strip();
		long deadline = System.nanoTime() + HEALTH_TIMEOUT.toNanos();
		for (String health = ""; !health.equals("healthy");) {
			health = execute(List.of("docker", "inspect", "--format", "{{.State.Health.Status}}", container)).strip();
			if (health.equals("unhealthy") || (!health.equals("healthy") && System.nanoTime() > deadline)) {
				throw new LabException(
						this.messages.get("docker.unhealthy", run(List.of(broker), "logs", "--tail", "12")));
			}
			TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
		}
	}

	@Override
	public void stop(List<Instance> brokers) throws InterruptedException {
		List<Instance> running = brokers.stream().filter(this::isRunning).toList();
		if (!running.isEmpty()) {
			resumePaused(running);
			run(running, "stop");
			mark(running, State.STOPPED);
		}
	}

	@Override
	public void kill(Instance broker) throws InterruptedException {
		resumePaused(List.of(broker));
		run(List.of(broker), "kill");
		mark(List.of(broker), State.STOPPED);
	}

	@Override
	public void pause(Instance broker) throws InterruptedException {
		run(List.of(broker), "pause");
		mark(List.of(broker), State.PAUSED);
	}

	@Override
	public void resume(Instance broker) throws InterruptedException {
		run(List.of(broker), "unpause");
		mark(List.of(broker), State.RUNNING);
	}

	/**
	 * Docker does not stop a paused container.
	 */
	private void resumePaused(List<Instance> brokers) throws InterruptedException {
		for (Instance broker : brokers) {
			if (isPaused(broker)) {
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

	@Override
	public boolean isRunning(Instance broker) {
		return state(broker).equals(State.RUNNING.name()) || isPaused(broker);
	}

	@Override
	public boolean isPaused(Instance broker) {
		return state(broker).equals(State.PAUSED.name());
	}

	/**
	 * Whether this broker of the lab is a container, running or not.
	 */
	boolean isChosen(Instance broker) {
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
	 * Runs Docker Compose with these arguments, in the folder of its file.
	 * @return what it printed to standard output
	 * @throws LabException if it fails or does not end within 10 min
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
	 * {@code docker compose} if Docker has it, otherwise {@code docker-compose}.
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
				// try the other
			}
		}
		throw new LabException(this.messages.get("docker.absent"));
	}

	private String execute(List<String> command) throws InterruptedException {
		String line = String.join(" ", command);
		try {
			ProgramRun run = ProgramRun
				.of(new ProcessBuilder(command).directory(this.home.root().resolve("kafka").toFile()), TIMEOUT);
			if (run.status() != 0) {
				throw new LabException(this.messages.get("docker.failed", line, (run.output() + run.errors()).strip()));
			}
			return run.output();
		}
		catch (TimeoutException ex) {
			throw new LabException(this.messages.get("docker.silent", line, TIMEOUT.toMinutes()), ex);
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
