package lab.console.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that names a process by its pid and start, so that another process that got the
 * same pid later is not taken for it.
 * <p>
 * On Linux, the start is the boot's id and the clock ticks since then. Java's start time
 * is computed from the time of the boot, which moves with every correction of the clock.
 * Elsewhere, for example on macOS, the system keeps the start time, and it does not move.
 *
 * @param path the file; it may remain when the process is killed, and then names none
 */
public record PidFile(Path path) {

	private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

	/**
	 * The number of the field in {@code /proc/PID/stat}, from 1.
	 */
	private static final int STARTTIME = 22;

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
	 * Names this process, unless the file names another one that runs.
	 * @return that other process; empty if the file now names this one
	 */
	public Optional<ProcessHandle> claim() {
		Optional<ProcessHandle> other = running().filter((process) -> !process.equals(ProcessHandle.current()));
		if (other.isEmpty()) {
			write(ProcessHandle.current());
		}
		return other;
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
		try {
			String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
			// the second field is the command in parentheses, which may contain blanks
			String[] fieldsFromThird = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
			return Files.readString(BOOT_ID).strip() + "/" + fieldsFromThird[STARTTIME - 3];
		}
		catch (IOException ex) {
			return process.info().startInstant().map(Instant::toString).orElse("-");
		}
	}

}
