package lab.console.up;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import lab.console.terminal.Json;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;

/**
 * Prints what every instance logs, each line with its instance's name in a color of its
 * own. It follows all files of the logs' folder, so also those of instances that another
 * terminal starts.
 */
final class LogFollower {

	/**
	 * A line in JSON; what {@code lab up} says itself has the instance {@code lab}.
	 */
	record LogLine(String instance, String line) {
	}

	private static final List<Style> COLOURS = List.of(Style.BLUE, Style.GREEN, Style.YELLOW, Style.MAGENTA,
			Style.CYAN);

	/**
	 * A longer line is printed in pieces.
	 */
	private static final int MOST_BYTES = 1 << 20;

	private final Path logs;

	private final Terminal terminal;

	private final boolean json;

	private final Map<Path, Long> positions = new HashMap<>();

	private final Map<String, Style> colours = new HashMap<>();

	/**
	 * Follows from now on: what the files already contain is not printed.
	 */
	LogFollower(Path logs, Terminal terminal, boolean json) throws IOException {
		this.logs = logs;
		this.terminal = terminal;
		this.json = json;
		for (Path file : files()) {
			this.positions.put(file, Files.size(file));
		}
	}

	/**
	 * Prints the lines that were completed since the last call.
	 */
	synchronized void printNewLines() throws IOException {
		for (Path file : files()) {
			long position = this.positions.getOrDefault(file, 0L);
			if (file.toFile().length() != position) {
				printNewLines(file, position);
			}
		}
	}

	private void printNewLines(Path file, long printed) throws IOException {
		try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
			// a shorter file: the instance was started again
			long position = (log.length() < printed) ? 0 : printed;
			byte[] unread = new byte[(int) Math.min(log.length() - position, MOST_BYTES)];
			log.seek(position);
			log.readFully(unread);
			int lines = lastIndexOf(unread, (byte) '\n') + 1;
			int complete = (lines == 0 && unread.length == MOST_BYTES) ? MOST_BYTES : lines;
			this.positions.put(file, position + complete);
			String name = file.getFileName().toString().replace(".log", "");
			new String(unread, 0, complete, StandardCharsets.UTF_8).lines().forEach((line) -> print(name, line));
		}
	}

	private void print(String name, String line) {
		if (this.json) {
			this.terminal.println(Json.line(new LogLine(name, line)));
			return;
		}
		Style colour = this.colours.computeIfAbsent(name, (key) -> COLOURS.get(this.colours.size() % COLOURS.size()));
		this.terminal.println(this.terminal.style(colour, "%-8s | ".formatted(name)) + line);
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(this.logs)) {
			return files.filter((file) -> file.toString().endsWith(".log")).sorted().toList();
		}
	}

	private static int lastIndexOf(byte[] bytes, byte wanted) {
		int i = bytes.length - 1;
		while (i >= 0 && bytes[i] != wanted) {
			i--;
		}
		return i;
	}

}
