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
 * Starts scripts as a learner types them: by bash, at the lab's root, with Kafka's
 * commands on the PATH.
 */
@RequiredArgsConstructor
final class Shell {

	/**
	 * The terminal's Ctrl-C is for the tour alone, which stops its children in order. The
	 * script comes from a file because Java passes arguments in the locale's encoding,
	 * which may not know the script's letters. It ends at the first command that fails.
	 */
	private static final String BASH = "trap '' INT HUP; exec bash -ec \"$(cat \"$1\")\" bash";

	private final Path home;

	/**
	 * Where scripts and outputs are kept.
	 */
	private final Path folder;

	private final Map<String, String> environment;

	private final AtomicInteger count = new AtomicInteger();

	/**
	 * Starts a script.
	 * @param output the file that gets what it prints, errors too
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
	 * A new file for an output.
	 */
	Path newOutput() {
		return this.folder.resolve("output-" + this.count.incrementAndGet());
	}

}
