package lab.console.lesson.tour;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import lombok.RequiredArgsConstructor;

/**
 * Runs scripts with bash at the lab's root, with Kafka's commands on the PATH.
 */
@RequiredArgsConstructor
final class Shell {

	/**
	 * Ignores Ctrl-C and hang-up, because the tour stops its children in order. Reads the
	 * script from a file, because Java passes arguments in the locale's encoding, which
	 * may not have the script's characters. Ends at the first command that fails.
	 */
	private static final String BASH = "trap '' INT HUP; exec bash -ec \"$(cat \"$1\")\" bash";

	private final Path home;

	/**
	 * Where scripts and outputs are written to.
	 */
	private final Path folder;

	private final Map<String, String> environment;

	private final AtomicInteger count = new AtomicInteger();

	/**
	 * Starts a script.
	 * @param output the file for its standard output and standard error
	 */
	Process start(String script, Path output) {
		try {
			Path file = this.folder.resolve("script-" + this.count.incrementAndGet());
			Files.writeString(file, script, StandardCharsets.UTF_8);
			ProcessBuilder builder = new ProcessBuilder("sh", "-c", BASH, "sh", file.toString());
			builder.environment().clear();
			builder.environment().putAll(this.environment);
			return builder.directory(this.home.toFile())
				.redirectInput(new File("/dev/null"))
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the path of a new file for an output.
	 */
	Path newOutput() {
		return this.folder.resolve("output-" + this.count.incrementAndGet());
	}

}
