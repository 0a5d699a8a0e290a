package lab.console.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that the lab was cloned into, and the folder for everything that the lab
 * writes.
 *
 * @param root the clone
 * @param state {@code .lab} in the clone, unless the environment names another
 */
public record LabHome(Path root, Path state) {

	/**
	 * The lab that this process belongs to. The launcher passes its root as the system
	 * property {@code lab.home}; the environment variable {@code LAB_HOME} replaces
	 * {@code .lab}, as it does for the services.
	 */
	public static LabHome ofProcess() {
		Path root = Path.of(System.getProperty("lab.home", ".")).toAbsolutePath().normalize();
		String state = System.getenv("LAB_HOME");
		return new LabHome(root, (state != null) ? Path.of(state).toAbsolutePath() : root.resolve(".lab"));
	}

	/**
	 * The bootstrap servers of the lab's own cluster: its one broker, unless
	 * {@code lab up} has noted others.
	 */
	public String bootstrapServers() {
		try {
			Path noted = notedBootstrapServers();
			return Files.exists(noted) ? Files.readString(noted) : "localhost:9092";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The file that names the bootstrap servers of a cluster of three brokers.
	 */
	public Path notedBootstrapServers() {
		return this.state.resolve("run").resolve("bootstrap-servers");
	}

	/**
	 * The file that names the products' protocol, where it is not the default.
	 */
	public Path notedProtocol() {
		return this.state.resolve("run").resolve("protocol");
	}

	/**
	 * Notes the bootstrap servers of the lab's own cluster for the commands of other
	 * terminals.
	 */
	public void noteBootstrapServers(String servers) {
		note(notedBootstrapServers(), servers);
	}

	/**
	 * Notes the protocol of the products that are started from now on.
	 */
	public void noteProtocol(String protocol) {
		note(notedProtocol(), protocol);
	}

	private static void note(Path file, String text) {
		try {
			Files.createDirectories(file.getParent());
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Deletes what was noted: the next lab may have another cluster and protocol.
	 */
	public void forgetNotes() {
		try {
			Files.deleteIfExists(notedBootstrapServers());
			Files.deleteIfExists(notedProtocol());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The folder of the tour that runs, and of its programs.
	 */
	public Path tour() {
		return this.state.resolve("tour");
	}

	/**
	 * The process of the tour that runs, or of the exercise.
	 */
	public PidFile tourProcess() {
		return new PidFile(tour().resolve("tour.pid"));
	}

	/**
	 * The folder of the learner's ticks, which {@code lab reset} keeps.
	 */
	public Path progress() {
		return this.state.resolve("lessons");
	}

	/**
	 * The folder of the learner's exercises, which {@code lab reset} keeps unless it is
	 * told to remove them.
	 */
	public Path exercises() {
		return this.state.resolve("exercises");
	}

	/**
	 * The folder of the ticks of the exercises.
	 */
	public Path solvedExercises() {
		return progress().resolve("exercises");
	}

	/**
	 * The class path of a module that Maven has built: the libraries that its build
	 * listed, and its own classes. The libraries are first, as a {@link ClassArchive}
	 * needs them.
	 */
	public String classPath(String module) {
		return classPath(module, module);
	}

	/**
	 * The class path of a module with the libraries that the build of another one listed.
	 */
	public String classPath(String module, String libraries) {
		return libraries(libraries) + File.pathSeparator + this.root.resolve(module).resolve("target/classes");
	}

	/**
	 * The jars that the build of a module listed. The offline bundle lists them relative
	 * to {@code @lab@}, which stands for the root.
	 */
	String libraries(String module) {
		try {
			return Files.readString(this.root.resolve(module).resolve("target").resolve("class-path"))
				.strip()
				.replace("@lab@", this.root.toString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The file that names the process of an instance, or of a command such as
	 * {@code lab up}.
	 */
	public PidFile pidFile(String name) {
		return new PidFile(folder("run").resolve(name + ".pid"));
	}

	/**
	 * The folder of the instances' logs.
	 */
	public Path logs() {
		return folder("logs");
	}

	/**
	 * A folder under {@link #state()}, created if it is missing.
	 */
	public Path folder(String name) {
		try {
			return Files.createDirectories(this.state.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
