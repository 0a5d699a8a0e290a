package lab.console.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

import lombok.extern.slf4j.Slf4j;

/**
 * The archive of class data sharing for one program: the JVM maps the classes of the
 * libraries from it, already parsed and verified, so that the program starts with little
 * more than half the CPU time.
 * <p>
 * A start without an archive can list the classes that it loads; from that list the
 * archive is {@linkplain #make made}, on the machine that uses it. The JVM checks it
 * against the JDK and the jars. Where it does not fit, or where there is none, the
 * program starts as usual.
 */
@Slf4j
public final class ClassArchive {

	/**
	 * Some JVMs would warn on standard output of an archive that they do not use.
	 */
	private static final String QUIET = "-Xlog:cds*=off";

	private static final Duration TIMEOUT = Duration.ofMinutes(5);

	/**
	 * Changes with what the archives contain, so that older ones are made again.
	 */
	private static final String TRAINING = "2";

	private final Path folder;

	private final String name;

	private final String libraries;

	private final String origin;

	/**
	 * The archive of a program whose class path begins with the libraries of a module,
	 * for the JVM of this process.
	 */
	public ClassArchive(LabHome home, String name, String module) {
		this.folder = home.root().resolve("console/target/class-archives");
		this.name = name;
		this.libraries = home.libraries(module);
		this.origin = TRAINING + " " + System.getProperty("java.vm.version") + " " + this.libraries;
	}

	/**
	 * Whether the archive was made for this JVM and these libraries.
	 */
	public boolean exists() {
		try {
			return Files.exists(archive()) && Files.exists(origin()) && Files.readString(origin()).equals(this.origin);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The JVM's options for a start with the archive, if it exists.
	 */
	public List<String> options() {
		return exists() ? List.of("-XX:SharedArchiveFile=" + archive(), QUIET) : List.of();
	}

	/**
	 * The JVM's options for a start that lists its classes in that file.
	 */
	public static List<String> listing(Path classes) {
		return List.of("-XX:DumpLoadedClassList=" + classes, QUIET);
	}

	/**
	 * Makes the archive of the listed classes, with low priority. Returns at once if
	 * another process is making it.
	 */
	public void make(Path classes) throws IOException, InterruptedException {
		Files.createDirectories(this.folder);
		try (FileChannel channel = FileChannel.open(file(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
				FileLock lock = channel.tryLock()) {
			if (lock == null || exists()) {
				return;
			}
			Path made = file(".new");
			ProgramRun run = ProgramRun
				.of(new ProcessBuilder("nice", "-n", "10", Jvm.executable(), "-XX:+UseSerialGC", "-Xshare:dump",
						"-XX:SharedClassListFile=" + classes, "-XX:SharedArchiveFile=" + made, "-cp", this.libraries)
					.redirectErrorStream(true), TIMEOUT);
			if (run.status() != 0) {
				log.debug("No class archive of {}: {}", this.name, run.output());
				return;
			}
			Files.move(made, archive(), StandardCopyOption.ATOMIC_MOVE);
			Files.writeString(origin(), this.origin);
		}
		catch (TimeoutException ex) {
			throw new IOException(ex);
		}
	}

	private Path archive() {
		return file(".jsa");
	}

	private Path origin() {
		return file(".origin");
	}

	private Path file(String extension) {
		return this.folder.resolve(this.name + extension);
	}

}
