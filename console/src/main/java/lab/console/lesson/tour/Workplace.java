package lab.console.lesson.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import lab.console.lesson.Renaming;
import lab.console.process.Folders;
import lab.console.process.LabHome;
import lab.console.process.PidFile;
import lab.console.process.ProcessTree;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.Messages.Language;
import org.jspecify.annotations.Nullable;

/**
 * Runs a lesson's commands in a folder of its own, with broker data, logs and processes.
 * Closing it stops the processes and deletes the folder, also from a shutdown hook while
 * a command runs.
 */
final class Workplace implements AutoCloseable {

	/**
	 * Enough to stop several services that do not end by themselves, one after the other.
	 */
	static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(5);

	private static final Duration GRACE = Duration.ofSeconds(5);

	private static final Duration WAIT = Duration.ofSeconds(1);

	/**
	 * For {@code lab up}, which stops four instances and is allowed 40 s for each.
	 */
	private static final Duration LAB_GRACE = Duration.ofSeconds(160);

	private static final Duration CONTAINER_GRACE = Duration.ofMinutes(1);

	/**
	 * Variables of the person's environment that would change what the lesson shows.
	 */
	private static final String[] NOT_PASSED_ON = { "SPRING_PROFILES_ACTIVE", "SPRING_APPLICATION_JSON", "SERVER_PORT",
			"BASH_ENV", "ENV" };

	private final Path folder;

	private final MachinePaths paths;

	private final BrokerKind broker;

	private final Shell shell;

	private final Deque<BackgroundService> services = new ArrayDeque<>();

	private final CountDownLatch closing = new CountDownLatch(1);

	private @Nullable Process command;

	private boolean closed;

	private Workplace(Path home, Path folder, BrokerKind broker, Map<String, String> environment) {
		this.folder = folder;
		this.paths = new MachinePaths(labHome(folder), home);
		this.broker = broker;
		this.shell = new Shell(home, folder, environment);
		clear();
		prepare();
	}

	/**
	 * For a tour, which leaves the rest of {@link LabHome#state()} alone.
	 * @param variables that its commands have besides those of every tour
	 */
	static Workplace ofTour(LabHome home, BrokerKind broker, Renaming renaming, Map<String, String> variables,
			Language language) {
		Path folder = home.tour();
		Map<String, String> environment = environment(home.root(), folder, renaming, language);
		environment.keySet().removeAll(Set.of(NOT_PASSED_ON));
		environment.put("LAB_HOME", labHome(folder).toString());
		environment.put("COMPOSE_PROJECT_NAME", composeProject(home.root()));
		if (broker != BrokerKind.EXISTING) {
			environment.put("LAB_BROKER", broker.toString());
		}
		environment.putAll(variables);
		Workplace workplace = new Workplace(home.root(), folder, broker, environment);
		home.tourProcess().write(ProcessHandle.current());
		return workplace;
	}

	/**
	 * Returns the folders that the output of a tour's commands can name.
	 */
	static MachinePaths pathsOfTour(LabHome home) {
		return new MachinePaths(labHome(home.tour()), home.root());
	}

	/**
	 * A name of the clone's own, because the tour removes everything of that project.
	 */
	static String composeProject(Path home) {
		return "clone-%08x-lab-tour".formatted(home.toAbsolutePath().normalize().toString().hashCode());
	}

	/**
	 * For checks of what a person does by hand.
	 */
	static Workplace ofLearner(LabHome home, Renaming renaming, Language language) {
		Path folder = home.state().resolve("check");
		return new Workplace(home.root(), folder, BrokerKind.EXISTING,
				environment(home.root(), folder, renaming, language));
	}

	private static Map<String, String> environment(Path home, Path folder, Renaming renaming, Language language) {
		Map<String, String> environment = new HashMap<>(System.getenv());
		environment.put("PATH",
				String.join(":", home.resolve("kafka/bin").toString(),
						environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"),
						home.resolve("console/shims").toString()));
		environment.remove("KAFKA_BOOTSTRAP_SERVERS");
		environment.remove("LAB_PREFIX");
		if (!renaming.equals(Renaming.NONE)) {
			environment.put("KAFKA_BOOTSTRAP_SERVERS", renaming.bootstrapServer());
			environment.put("LAB_PREFIX", renaming.prefix());
		}
		environment.put("LAB_LOCALE", language.code());
		environment.put("HTTPIE_CONFIG_DIR", folder.toString());
		// the lab's services are not behind a proxy
		environment.merge("no_proxy", "localhost,127.0.0.1", (others, lab) -> others + "," + lab);
		environment.put("NO_PROXY", environment.get("no_proxy"));
		return environment;
	}

	/**
	 * {@code LAB_HOME} of the lesson's commands. The tour's own files are outside of it,
	 * because a lesson may run {@code lab reset}.
	 */
	private static Path labHome(Path folder) {
		return folder.resolve("lab");
	}

	private void prepare() {
		try {
			Files.createDirectories(this.paths.labHome());
			// httpie: print as on a terminal, and do not read a body from standard input
			Files.writeString(this.folder.resolve("config.json"),
					"{\"default_options\": [\"--ignore-stdin\", \"--print=hb\", \"--pretty=format\"]}");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (this.broker == BrokerKind.DOCKER) {
			removeContainers();
		}
	}

	/**
	 * Returns the folders that the output of the commands can name.
	 */
	MachinePaths paths() {
		return this.paths;
	}

	Path output() {
		return this.shell.newOutput();
	}

	/**
	 * Runs a script until it ends, or stops it after the limit.
	 * @param waiting is run again and again meanwhile
	 * @return its exit status; null if it did not end in time
	 */
	@Nullable Integer run(String script, Path output, Duration limit, Runnable waiting) {
		Process process = startCommand(script, output);
		long end = System.nanoTime() + limit.toNanos();
		try {
			while (!process.waitFor(Math.min(end - System.nanoTime(), WAIT.toNanos()), TimeUnit.NANOSECONDS)) {
				if (System.nanoTime() >= end) {
					ProcessTree.stop(process.toHandle(), GRACE);
					return null;
				}
				waiting.run();
			}
			stayUnlessClosing();
			return process.exitValue();
		}
		catch (InterruptedException ex) {
			throw new TourInterruptedException();
		}
	}

	private synchronized Process startCommand(String script, Path output) {
		stayUnlessClosing();
		this.command = this.shell.start(script, output);
		return this.command;
	}

	/**
	 * Returns the file with what a service of the tour prints.
	 */
	static Path logOfTour(LabHome home, String service) {
		return log(home.tour(), service);
	}

	private static Path log(Path folder, String service) {
		return folder.resolve(service + ".log");
	}

	synchronized BackgroundService start(String name, String script) {
		stayUnlessClosing();
		Path log = log(this.folder, name);
		BackgroundService service = new BackgroundService(name, this.shell.start(script, log), log);
		this.services.push(service);
		return service;
	}

	/**
	 * Stops a service and keeps its output.
	 * @return whether it has ended
	 */
	boolean stop(BackgroundService service) {
		lab().filter(service::runs).ifPresent((lab) -> ProcessTree.stopRoot(lab, LAB_GRACE));
		boolean ended = service.stop();
		synchronized (this) {
			this.services.remove(service);
		}
		return ended;
	}

	/**
	 * Returns the process of {@code lab up}, which stops the lab's instances in order.
	 */
	private Optional<ProcessHandle> lab() {
		return new PidFile(this.paths.labHome().resolve("run/up.pid")).running();
	}

	/**
	 * Returns the services that run, the latest first.
	 */
	synchronized Stream<BackgroundService> services() {
		return new ArrayDeque<>(this.services).stream();
	}

	/**
	 * Waits, or throws {@link TourInterruptedException} when the tour is closed.
	 */
	void pause(Duration time) {
		try {
			this.closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new TourInterruptedException();
		}
		stayUnlessClosing();
	}

	private void stayUnlessClosing() {
		if (this.closing.getCount() == 0) {
			throw new TourInterruptedException();
		}
	}

	@Override
	public synchronized void close() {
		this.closing.countDown();
		if (this.closed) {
			return;
		}
		this.closed = true;
		if (this.command != null) {
			ProcessTree.stop(this.command.toHandle(), GRACE);
		}
		// the broker was started first and is stopped last, so that the services can
		// leave
		// their group
		while (!this.services.isEmpty()) {
			stop(this.services.peek());
		}
		if (this.broker == BrokerKind.DOCKER) {
			removeContainers();
		}
		clear();
	}

	private void removeContainers() {
		Process process = this.shell.start("""
				cd kafka
				for file in docker-compose*.yml
				do docker-compose -f "$file" down -v --remove-orphans
				done""", output());
		try {
			process.waitFor(CONTAINER_GRACE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		ProcessTree.stop(process.toHandle(), GRACE);
	}

	private void clear() {
		try {
			Folders.delete(this.folder);
			Files.deleteIfExists(this.folder.getParent());
		}
		catch (DirectoryNotEmptyException ex) {
			// the lab has more there than the tour's
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
