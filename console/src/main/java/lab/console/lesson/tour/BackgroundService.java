package lab.console.lesson.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import lab.console.process.ProcessTree;

/**
 * A program that goes on while the lesson does, as in a terminal of its own.
 *
 * @param log what it has printed so far
 */
record BackgroundService(String name, Process process, Path log) {

	/**
	 * Spring Boot lets requests end within 30 s, Kafka Connect's REST server within 60 s.
	 */
	private static final Duration GRACE = Duration.ofSeconds(75);

	boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Whether that process is the service or was started by it.
	 */
	boolean runs(ProcessHandle other) {
		return this.process.toHandle().equals(other) || this.process.descendants().anyMatch(other::equals);
	}

	/**
	 * How much it has printed, in bytes.
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
	 * What it printed from that position on.
	 */
	List<String> linesFrom(long position) {
		return Output.linesFrom(this.log, position);
	}

	/**
	 * Ctrl-C in its terminal.
	 * @return whether it has ended
	 */
	boolean stop() {
		ProcessTree.stop(this.process.toHandle(), GRACE);
		return !this.process.toHandle().isAlive();
	}

}
