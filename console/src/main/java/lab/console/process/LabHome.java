package lab.console.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that the lab was cloned into, and {@code .lab} in it, where everything is
 * that the lab writes.
 *
 * @param root the clone
 * @param state {@code .lab}
 */
public record LabHome(Path root, Path state) {

	/**
	 * The lab that this process belongs to: the launcher says where, in the system
	 * property {@code lab.home}; the environment's {@code LAB_HOME} puts {@code .lab}
	 * elsewhere, as it does for the services.
	 */
	public static LabHome ofProcess() {
		Path root = Path.of(System.getProperty("lab.home", ".")).toAbsolutePath().normalize();
		String state = System.getenv("LAB_HOME");
		return new LabHome(root, (state != null) ? Path.of(state).toAbsolutePath() : root.resolve(".lab"));
	}

	/**
	 * Where the lab's own cluster is first asked: the one broker, unless {@code lab up}
	 * has noted others.
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
	 * The file for brokers that are not found at the usual place alone.
	 */
	public Path notedBootstrapServers() {
		return this.state.resolve("run").resolve("bootstrap-servers");
	}

	/**
	 * The file for the protocol of the products, where it is not their usual one.
	 */
	public Path notedProtocol() {
		return this.state.resolve("run").resolve("protocol");
	}

	/**
	 * Where the learner's ticks are, which outlive {@code lab reset}.
	 */
	public Path progress() {
		return this.state.resolve("lessons");
	}

	/**
	 * The class path of a module as Maven has built it: its own classes, and the
	 * libraries that its build wrote down. In the offline bundle, which is unpacked
	 * anywhere, those are given from {@code @lab@}, the root, on.
	 */
	public String classPath(String module) {
		Path built = this.root.resolve(module).resolve("target");
		try {
			String libraries = Files.readString(built.resolve("class-path")).strip();
			return built.resolve("classes") + File.pathSeparator + libraries.replace("@lab@", this.root.toString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A folder under {@link #state()}, made when missing.
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
