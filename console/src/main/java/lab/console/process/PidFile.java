package lab.console.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers a process by pid and start time, so that a pid that the system gave to
 * another process meanwhile is never stopped by mistake.
 *
 * @param path the file; it stays behind when a process is killed, and then counts as
 * absent
 */
public record PidFile(Path path) {

	public void write(ProcessHandle process) {
		try {
			Files.writeString(this.path, process.pid() + " " + startOf(process));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Optional<ProcessHandle> running() {
		try {
			String[] written = Files.readString(this.path).strip().split(" ");
			return ProcessHandle.of(Long.parseLong(written[0]))
				.filter((process) -> process.isAlive() && startOf(process).equals(written[written.length - 1]));
		}
		catch (IOException | NumberFormatException ex) {
			return Optional.empty();
		}
	}

	public void delete() {
		try {
			Files.deleteIfExists(this.path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String startOf(ProcessHandle process) {
		return process.info().startInstant().map(Instant::toString).orElse("-");
	}

}
