package lab.console.instance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import lab.console.process.ClassArchive;
import lab.console.process.Jvm;
import lab.console.process.LabHome;
import lab.console.process.ProcessTree;
import lab.console.process.Shielded;
import lab.console.process.Suspension;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.jspecify.annotations.Nullable;

/**
 * Instances that are processes of this machine, known by their pid files.
 */
@Slf4j
@RequiredArgsConstructor
final class LocalProcesses implements Host {

	/**
	 * Longer than the 30 s that Spring gives a graceful shutdown.
	 */
	private static final Duration GRACE = Duration.ofSeconds(35);

	private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

	private static final int LINES_SHOWN = 12;

	private final LabHome home;

	private final Messages messages;

	private @Nullable ArchiveMaker archives;

	@Override
	public List<Integer> ports(Instance instance) {
		return List.of(instance.port());
	}

	@Override
	public boolean isRunning(Instance instance) {
		return running(instance).isPresent();
	}

	@Override
	public boolean isPaused(Instance instance) {
		return running(instance).filter(Suspension::suspended).isPresent();
	}

	private Optional<ProcessHandle> running(Instance instance) {
		return this.home.pidFile(instance.name()).running();
	}

	/**
	 * Starts the instance in the background, with its output in its log. Ctrl-C and
	 * hang-up of the terminal do not reach it, so that the command that starts it can
	 * stop it in order.
	 * @param environment variables to add to those of this process
	 * @return the process, not yet {@linkplain #awaitReady ready}
	 */
	Process start(Instance instance, Map<String, String> environment) {
		List<String> command = instance.command(Jvm.executable(), this.home, archiveOptions(instance));
		ProcessBuilder builder = new ProcessBuilder(Shielded.command(command)).directory(this.home.state().toFile())
			.redirectErrorStream(true)
			.redirectInput(new File("/dev/null"))
			.redirectOutput(log(instance).toFile());
		builder.environment().put("LAB_HOME", this.home.state().toString());
		builder.environment().putAll(environment);
		try {
			if (instance.isProduct() && Files.exists(this.home.notedProtocol())) {
				String protocol = Files.readString(this.home.notedProtocol());
				builder.environment()
					.compute("SPRING_PROFILES_ACTIVE", (name, given) -> Protocol.profiles(given, protocol));
			}
			Process process = builder.start();
			try {
				this.home.pidFile(instance.name()).write(process.toHandle());
			}
			catch (UncheckedIOException ex) {
				// without its pid file nobody could stop it
				process.destroyForcibly();
				throw ex;
			}
			return process;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> archiveOptions(Instance instance) {
		ClassArchive archive = ArchiveMaker.archive(this.home, instance);
		return (this.archives != null && !archive.exists()) ? this.archives.listing(instance) : archive.options();
	}

	/**
	 * Makes the class archives that are missing, of the instances that are started from
	 * now on.
	 * @return what stops that
	 */
	AutoCloseable makeArchives() {
		this.archives = new ArchiveMaker(this.home);
		return this.archives;
	}

	/**
	 * Waits until the instance's log says that it is ready.
	 * @throws LabException with the end of its log, if it ends before or is not ready
	 * after 5 min
	 */
	void awaitReady(Instance instance, Process process) throws InterruptedException {
		long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
		while (!read(instance).contains(instance.ready())) {
			if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
				this.home.pidFile(instance.name()).delete();
				throw new LabException(this.messages.get("instance.ended", instance.name(), endOfLog(instance)));
			}
			if (System.nanoTime() > deadline) {
				throw new LabException(this.messages.get("instance.not-ready", instance.name(),
						START_TIMEOUT.toMinutes(), endOfLog(instance)));
			}
		}
		if (this.archives != null) {
			this.archives.begin(instance);
		}
	}

	@Override
	public void stop(List<Instance> instances) throws InterruptedException {
		for (Instance instance : instances) {
			if (isPaused(instance)) {
				resumeIfPossible(instance);
			}
		}
		ProcessTree.stop(
				instances.stream().flatMap((instance) -> running(instance).stream()).collect(Collectors.toSet()),
				GRACE);
		for (Instance instance : instances) {
			requireEnded(instance, !isRunning(instance));
		}
	}

	/**
	 * One that does not resume is killed in the end.
	 */
	private void resumeIfPossible(Instance instance) throws InterruptedException {
		try {
			resume(instance);
		}
		catch (IllegalStateException ex) {
			log.debug("{} does not resume; it is killed instead", instance.name(), ex);
		}
	}

	@Override
	public void kill(Instance instance) {
		requireEnded(instance, ProcessTree.kill(process(instance)));
	}

	private void requireEnded(Instance instance, boolean ended) {
		if (!ended) {
			throw new LabException(this.messages.get("instance.not-ended", instance.name()));
		}
		this.home.pidFile(instance.name()).delete();
	}

	@Override
	public void pause(Instance instance) throws InterruptedException {
		Suspension.suspend(process(instance));
	}

	@Override
	public void resume(Instance instance) throws InterruptedException {
		Suspension.resume(process(instance));
	}

	private ProcessHandle process(Instance instance) {
		return running(instance)
			.orElseThrow(() -> new LabException(this.messages.get("instance.not-running", instance.name())));
	}

	private Path log(Instance instance) {
		return this.home.logs().resolve(instance.name() + ".log");
	}

	private String read(Instance instance) {
		try {
			return Files.readString(log(instance));
		}
		catch (IOException ex) {
			return "";
		}
	}

	private String endOfLog(Instance instance) {
		List<String> lines = read(instance).lines().toList();
		return String.join(System.lineSeparator(),
				lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
	}

}
