package lab.console.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import lombok.extern.slf4j.Slf4j;

/**
 * The archive of class data sharing for one program: the JVM maps the classes of the
 * libraries from it, read and verified before, and starts with a third less CPU time.
 * <p>
 * The first start of a program lists the classes that it loads. The second start has the
 * archive made from that list, in the background and with the lowest priority. Later
 * starts use it. Its name contains a hash of the JVM and the libraries: another JDK or
 * another jar has another archive. Without an archive, or with a broken one, the program
 * starts as usual.
 *
 * @param archive the file, whether it exists or not
 * @param libraries the class path that it covers, of jars only; a program that uses it
 * has these first on its class path
 */
@Slf4j
public record SharedArchive(Path archive, String libraries) {

	/**
	 * A program that has loaded no class for so long has started.
	 */
	private static final Duration START = Duration.ofSeconds(30);

	/**
	 * Newer JVMs would warn on standard output of an archive that they do not use.
	 */
	private static final String QUIET = "-Xlog:cds*=off";

	/**
	 * The archive of a module's program for the JVM of this process.
	 */
	public static SharedArchive of(LabHome home, String module) {
		return of(home, module, Jvm.executable() + System.getProperty("java.vm.version"));
	}

	static SharedArchive of(LabHome home, String module, String jvm) {
		String libraries = home.libraries(module);
		StringBuilder origin = new StringBuilder(jvm).append(libraries);
		for (String jar : libraries.split(File.pathSeparator)) {
			origin.append(new File(jar).lastModified()).append(new File(jar).length());
		}
		return new SharedArchive(folder(home).resolve("%s-%08x.jsa".formatted(module, origin.toString().hashCode())),
				libraries);
	}

	/**
	 * The folder of all archives, in {@code target}, because they belong to what was
	 * built here.
	 */
	public static Path folder(LabHome home) {
		return home.root().resolve("console/target/cds");
	}

	/**
	 * The options for a start of the program.
	 */
	public List<String> options() {
		try {
			if (isComplete()) {
				return List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + this.archive, QUIET);
			}
			Files.createDirectories(this.archive.getParent());
			if (Files.exists(making())) {
				return List.of();
			}
			if (!Files.exists(classes())) {
				return List.of("-XX:DumpLoadedClassList=" + Files.createFile(classes()), QUIET);
			}
			if (Files.getLastModifiedTime(classes()).toInstant().isBefore(Instant.now().minus(START))) {
				make();
			}
		}
		catch (IOException ex) {
			log.debug("{} starts without shared classes", this.archive, ex);
		}
		return List.of();
	}

	/**
	 * Java 17 crashes on an archive that is cut off.
	 */
	private boolean isComplete() throws IOException {
		return Files.exists(size())
				&& Files.readString(size()).strip().equals(String.valueOf(this.archive.toFile().length()));
	}

	/**
	 * Starts to make the archive. Only one process succeeds in moving the list. If the
	 * JVM fails, the moved list stays, and this is not tried again.
	 */
	private void make() throws IOException {
		Files.move(classes(), making());
		List<String> command = List.of("sh", "-c",
				"nice -n 19 \"$@\" && mv \"$new\" \"$archive\" && wc -c <\"$archive\" >\"$size\" && rm \"$making\"",
				"sh", Jvm.executable(), "-XX:+UseSerialGC", "-Xshare:dump", "-XX:SharedClassListFile=" + making(),
				"-XX:SharedArchiveFile=" + sibling(".new"), "-cp", this.libraries);
		ProcessBuilder builder = new ProcessBuilder(Shielded.command(command)).redirectErrorStream(true)
			.redirectInput(new File("/dev/null"))
			.redirectOutput(sibling(".log").toFile());
		builder.environment()
			.putAll(Map.of("new", sibling(".new").toString(), "archive", this.archive.toString(), "size",
					size().toString(), "making", making().toString()));
		builder.start();
	}

	private Path classes() {
		return sibling(".classes");
	}

	private Path size() {
		return sibling(".size");
	}

	private Path making() {
		return sibling(".making");
	}

	private Path sibling(String extension) {
		return this.archive.resolveSibling(this.archive.getFileName().toString().replace(".jsa", extension));
	}

}
