package lab.console.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import lab.console.process.ClassArchive;
import lab.console.process.Jvm;
import lab.console.process.LabHome;
import lab.console.process.ProgramRun;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;

/**
 * Makes the class archives that are missing, one after the other in the background, from
 * what programs of the lab load as they run: its instances, and with a broker also
 * Kafka's tools and the {@code lab} command. Closing it stops it.
 */
@Slf4j
@RequiredArgsConstructor
final class ArchiveMaker implements AutoCloseable {

	/**
	 * A program that has loaded no class for so long has started.
	 */
	private static final Duration STARTED = Duration.ofSeconds(10);

	private static final Duration TRAINING_TIMEOUT = Duration.ofMinutes(1);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final ExecutorService thread = Executors.newSingleThreadExecutor(ArchiveMaker::daemon);

	private final LabHome home;

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "class archives");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * The archive of an instance's program.
	 */
	static ClassArchive archive(LabHome home, Instance instance) {
		String libraries = instance.program().libraries();
		return new ClassArchive(home, libraries, libraries);
	}

	private static ClassArchive tools(LabHome home) {
		return new ClassArchive(home, "tools", "kafka");
	}

	private static ClassArchive lab(LabHome home) {
		return new ClassArchive(home, "lab", "console");
	}

	/**
	 * Whether the archives of all programs exist.
	 */
	static boolean exist(LabHome home) {
		return Stream
			.of(archive(home, Instance.KAFKA), archive(home, Instance.ORDER), archive(home, Instance.product(1)),
					tools(home), lab(home))
			.allMatch(ClassArchive::exists);
	}

	/**
	 * The JVM's options for a start without an archive, whose classes become one.
	 */
	List<String> listing(Instance instance) {
		return ClassArchive.listing(classes(instance.name()));
	}

	/**
	 * Begins to make what is missing, now that the instance is ready.
	 */
	void begin(Instance instance) {
		this.thread.execute(() -> make(instance));
	}

	private void make(Instance instance) {
		try {
			if (Files.exists(classes(instance.name()))) {
				awaitStarted(classes(instance.name()));
				make(archive(this.home, instance), instance.name());
			}
			if (instance.isBroker()) {
				String broker = "localhost:" + instance.port();
				train(tools(this.home), "tools",
						List.of("-cp", this.home.classPath("kafka"),
								"org.apache.kafka.tools.consumer.group.ConsumerGroupCommand", "--bootstrap-server",
								broker, "--describe", "--all-groups"));
				train(lab(this.home), "lab", List.of("-Dlab.home=" + this.home.root(), "-cp",
						this.home.classPath("console"), "lab.console.ArchiveTraining", broker));
			}
		}
		catch (IOException | TimeoutException ex) {
			log.debug("No class archive of {}", instance.name(), ex);
		}
		catch (InterruptedException ex) {
			// closed
		}
	}

	private static void awaitStarted(Path classes) throws IOException, InterruptedException {
		while (Files.getLastModifiedTime(classes).toInstant().isAfter(Instant.now().minus(STARTED))) {
			TimeUnit.MILLISECONDS.sleep(STARTED.dividedBy(10).toMillis());
		}
	}

	/**
	 * Runs a program once to list its classes.
	 */
	private void train(ClassArchive archive, String name, List<String> program)
			throws IOException, TimeoutException, InterruptedException {
		if (archive.exists()) {
			return;
		}
		List<String> command = new ArrayList<>(List.of("nice", "-n", "10", Jvm.executable(), "-XX:+UseSerialGC"));
		command.addAll(ClassArchive.listing(classes(name)));
		command.addAll(program);
		ProgramRun run = ProgramRun.of(new ProcessBuilder(command), TRAINING_TIMEOUT);
		if (run.status() != 0) {
			log.debug("No class archive of {}: {}", name, run.errors());
			return;
		}
		make(archive, name);
	}

	private void make(ClassArchive archive, String name) throws IOException, InterruptedException {
		Path classes = classes(name);
		archive.make(classes);
		Files.deleteIfExists(classes);
	}

	private Path classes(String name) {
		return this.home.logs().resolve(name + ".classes");
	}

	@Override
	public void close() throws InterruptedException {
		this.thread.shutdownNow();
		if (!this.thread.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
			log.debug("The class archives are still being made");
		}
	}

}
