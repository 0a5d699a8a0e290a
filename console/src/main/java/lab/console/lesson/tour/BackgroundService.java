package lab.console.lesson.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import lab.console.process.ProcessTree;

/**
 * A service that a lesson started in the background.
 *
 * @param log the file with its output
 */
record BackgroundService(String name, Process process, Path log) {

	/**
	 * Longer than a graceful shutdown takes: up to 30 s for Spring Boot, up to 60 s for
	 * Kafka Connect.
	 */
	private static final Duration GRACE = Duration.ofSeconds(75);

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Whether that process is the service's or a descendant of it.
	 */
	boolean runs(ProcessHandle other) {
		return this.process.toHandle().equals(other) || this.process.descendants().anyMatch(other::equals);
	}

	/**
	 * Returns the size of its output, in bytes.
	 */
	long position() {
		try {
			return Files.size(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the lines of its output from that position on.
	 */
	List<String> linesFrom(long position) {
		return Output.linesFrom(this.log, position);
	}

	/**
	 * Stops the service, as Ctrl-C in its terminal does.
	 * @return whether it has ended
	 */
	boolean stop() {
		ProcessTree.stop(this.process.toHandle(), GRACE);
		return !this.process.toHandle().isAlive();
	}

}
