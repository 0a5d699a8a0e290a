package lab.console.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that names a process by its pid and start time, so that another process that got
 * the same pid later is not taken for it.
 *
 * @param path the file; it may remain when the process is killed, and then names none
 */
public record PidFile(Path path) {

	/**
	 * Writes the file at once as a whole, so that no reader sees half of it.
	 */
	public void write(ProcessHandle process) {
		try {
			Path written = Files.createTempFile(this.path.toAbsolutePath().getParent(), ".pid", null);
			Files.writeString(written, process.pid() + " " + startOf(process));
			Files.move(written, this.path, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The process that the file names, if it runs.
	 */
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
