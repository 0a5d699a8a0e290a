package lab.console.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that the lab was cloned into, and {@code .lab} in it, where everything is
 * that the lab writes.
 *
 * @param root the clone
 */
public record LabHome(Path root) {

	/**
	 * The lab that this process belongs to: the launcher says where, in the system
	 * property {@code lab.home}.
	 */
	public static LabHome ofProcess() {
		return new LabHome(Path.of(System.getProperty("lab.home", ".")).toAbsolutePath().normalize());
	}

	/**
	 * {@code .lab}, or where the environment's {@code LAB_HOME} says, as for the
	 * services.
	 */
	public Path state() {
		String elsewhere = System.getenv("LAB_HOME");
		return (elsewhere != null) ? Path.of(elsewhere).toAbsolutePath() : this.root.resolve(".lab");
	}

	/**
	 * A folder under {@link #state()}, made when missing.
	 */
	public Path folder(String name) {
		try {
			return Files.createDirectories(state().resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
