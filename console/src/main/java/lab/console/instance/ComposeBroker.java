package lab.console.instance;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import lab.console.process.LabHome;
import lab.console.process.ProgramRun;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * Brokers in containers of {@code kafka/docker-compose.yml}, or of
 * {@code docker-compose.brokers.yml} if there are three. Runs Docker Compose as a person
 * would, and remembers in files which containers the lab has started, and whether it
 * created their volumes.
 * <p>
 * The Compose project is the one of {@code kafka/.env}, so that {@code docker-compose}
 * typed in that folder reaches the same containers. Every clone has it. Containers of
 * another clone are neither replaced nor removed; their label tells the folder that they
 * were started in.
 */
@RequiredArgsConstructor
final class ComposeBroker implements Host {

	private static final String ONE = "docker-compose.yml";

	private static final String THREE = "docker-compose.brokers.yml";

	private static final String PROJECT_VARIABLE = "COMPOSE_PROJECT_NAME";

	private static final String PROJECT_LABEL = "com.docker.compose.project";

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
	 * @throws LabException if one is not, after 3 min, or if the project has containers
	 * of another clone
	 */
	void start(List<Instance> brokers) throws InterruptedException {
		try {
			requireNoOtherClone();
			Set<String> before = volumes();
			try {
				run(brokers, "up", "-d");
			}
			finally {
				noteNewVolumes(before);
			}
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
	 * Removes the containers of this clone, and with them the volumes that the lab
	 * created. Without containers its volumes stay: another clone may have created them
	 * again meanwhile. Without Docker there are none.
	 * @return a sentence on what is left of them, or empty if nothing is
	 */
	Optional<String> remove() throws InterruptedException {
		Set<String> created = createdVolumes();
		boolean own = false;
		try {
			Set<Path> folders = folders();
			own = folders.remove(folder());
			if (!folders.isEmpty()) {
				return (own || !created.isEmpty()) ? Optional.of(otherClone(folders)) : Optional.empty();
			}
			Set<String> left = volumes();
			if (own) {
				run(ONE, "down");
				run(THREE, "down");
				for (String volume : Set.copyOf(left)) {
					if (created.contains(volume)) {
						docker("volume", "rm", volume);
						left.remove(volume);
					}
				}
			}
			else {
				left.retainAll(created);
			}
			Files.deleteIfExists(volumesNote());
			forget();
			return left.isEmpty() ? Optional.empty()
					: Optional.of(this.messages.get("docker.volumes-left", String.join(", ", left)));
		}
		catch (LabException ex) {
			return (own || !created.isEmpty()) ? Optional.of(this.messages.get("docker.not-removed", ex.getMessage()))
					: Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void requireNoOtherClone() throws InterruptedException {
		Set<Path> folders = folders();
		folders.remove(folder());
		if (!folders.isEmpty()) {
			throw new LabException(otherClone(folders));
		}
	}

	private String otherClone(Set<Path> folders) {
		return this.messages.get("docker.other-clone", project(),
				folders.stream().map(Path::toString).collect(Collectors.joining(", ")));
	}

	/**
	 * Notes the volumes that there were not before, and keeps those noted that there are:
	 * they are the lab's to remove. A volume does not tell who created it.
	 */
	private void noteNewVolumes(Set<String> before) throws InterruptedException {
		Set<String> created = volumes();
		created.removeAll(before);
		before.retainAll(createdVolumes());
		created.addAll(before);
		write(volumesNote(), String.join("\n", created));
	}

	private Set<String> createdVolumes() {
		try {
			return Files.exists(volumesNote()) ? Set.copyOf(Files.readAllLines(volumesNote())) : Set.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Set<String> volumes() throws InterruptedException {
		return new TreeSet<>(
				docker("volume", "ls", "-q", "--filter", "label=%s=%s".formatted(PROJECT_LABEL, project())));
	}

	/**
	 * The folders that the project's containers were started in, running or not.
	 */
	private Set<Path> folders() throws InterruptedException {
		return docker("ps", "-a", "--filter", "label=%s=%s".formatted(PROJECT_LABEL, project()), "--format",
				"{{.Label \"%s.working_dir\"}}".formatted(PROJECT_LABEL))
			.stream()
			.map((folder) -> real(Path.of(folder)))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private List<String> docker(String... arguments) throws InterruptedException {
		List<String> command = new ArrayList<>(List.of("docker"));
		command.addAll(List.of(arguments));
		return execute(command).lines().filter((line) -> !line.isBlank()).toList();
	}

	private Path folder() {
		return real(this.home.root().resolve("kafka"));
	}

	/**
	 * Resolves symbolic links; returns the path unchanged if the folder does not exist.
	 */
	private static Path real(Path folder) {
		try {
			return folder.toRealPath();
		}
		catch (IOException ex) {
			return folder;
		}
	}

	/**
	 * The name of the Compose project, found as Compose finds it.
	 */
	private String project() {
		String named = System.getenv(PROJECT_VARIABLE);
		if (named != null && !named.isBlank()) {
			return named;
		}
		Path file = this.home.root().resolve("kafka/.env");
		Properties env = new Properties();
		try (Reader reader = Files.newBufferedReader(file)) {
			env.load(reader);
		}
		catch (IOException ex) {
			throw new LabException(this.messages.get("docker.no-project", file), ex);
		}
		String name = env.getProperty(PROJECT_VARIABLE, "").strip().replaceAll("^([\"'])(.*)\\1$", "$2");
		if (name.isEmpty()) {
			throw new LabException(this.messages.get("docker.no-project", file));
		}
		return name;
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
		command.addAll(List.of("-p", project(), "-f", file));
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
		brokers.forEach((broker) -> write(marker(broker), state.name()));
	}

	private static void write(Path file, String text) {
		try {
			Files.writeString(file, text);
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

	private Path volumesNote() {
		return this.home.folder("run").resolve("volumes.created");
	}

	private Path marker(Instance broker) {
		return this.home.folder("run").resolve(broker.name() + ".compose");
	}

}
