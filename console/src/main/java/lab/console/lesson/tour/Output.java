package lab.console.lesson.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import lab.console.terminal.Terminal;

/**
 * Reads the output of a program from a file, without escape sequences.
 */
final class Output {

	private Output() {
	}

	static List<String> lines(Path file) {
		return linesFrom(file, 0);
	}

	/**
	 * Returns the lines from that position on, in bytes.
	 */
	static List<String> linesFrom(Path file, long position) {
		try {
			byte[] bytes = Files.readAllBytes(file);
			int from = (int) Math.min(position, bytes.length);
			String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
			return Terminal.plain(text).lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
