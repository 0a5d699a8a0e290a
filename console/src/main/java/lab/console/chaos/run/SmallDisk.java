package lab.console.chaos.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import lab.console.process.ProgramRun;
import lab.console.terminal.Messages;

/**
 * A file system of its own in memory (Linux's tmpfs), which can be made full. Only root
 * can mount one.
 */
final class SmallDisk implements AutoCloseable {

	/**
	 * The broker needs 50 MB to start.
	 */
	private static final String SIZE = "192m";

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int BLOCK = 4096;

	private static final Path MOUNTS = Path.of("/proc/self/mounts");

	private final Path folder;

	private SmallDisk(Path folder) {
		this.folder = folder;
	}

	/**
	 * Mounts it at a folder, which is created.
	 * @throws NotPossibleException if this process may not, or the machine has none
	 */
	static SmallDisk mount(Path folder, Messages messages) throws InterruptedException {
		try {
			Files.createDirectories(folder);
			if (isMounted(folder)) {
				// the command that mounted it was killed
				run("umount", folder.toString());
			}
			ProgramRun mount = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "lab-chaos", folder.toString());
			if (mount.status() == 0) {
				return new SmallDisk(folder);
			}
			throw new NotPossibleException(messages.get("chaos.no-disk", mount.errors().strip().replace('\n', ' ')));
		}
		catch (IOException | TimeoutException ex) {
			throw new NotPossibleException(messages.get("chaos.no-disk", String.valueOf(ex.getMessage())));
		}
	}

	private static boolean isMounted(Path folder) throws IOException {
		return Files.exists(MOUNTS) && Files.readAllLines(MOUNTS)
			.stream()
			.anyMatch((line) -> line.split(" ")[1].equals(folder.toString().replace(" ", "\\040")));
	}

	private static ProgramRun run(String... command) throws IOException, TimeoutException, InterruptedException {
		return ProgramRun.of(new ProcessBuilder(List.of(command)), TIMEOUT);
	}

	Path folder() {
		return this.folder;
	}

	/**
	 * Writes a file until there is no space left.
	 */
	void fill() {
		byte[] block = new byte[BLOCK];
		try (OutputStream file = Files.newOutputStream(filler())) {
			while (true) {
				file.write(block);
			}
		}
		catch (IOException ex) {
			if (this.folder.toFile().getUsableSpace() >= BLOCK) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	/**
	 * Deletes that file.
	 */
	void free() {
		try {
			Files.delete(filler());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path filler() {
		return this.folder.resolve("filler");
	}

	/**
	 * Unmounts it, with what is on it.
	 */
	@Override
	public void close() throws IOException, TimeoutException, InterruptedException {
		ProgramRun umount = run("umount", this.folder.toString());
		if (umount.status() != 0) {
			throw new IOException(umount.errors().strip());
		}
		Files.delete(this.folder);
	}

}
