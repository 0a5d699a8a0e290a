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
 * Prints what every instance logs, each line under its instance's name and colour; an
 * instance that another terminal starts is followed too, because only the files are
 * looked at.
 */
final class LogFollower {

	/**
	 * A line for a program; the lab's own are of the instance {@code lab}.
	 */
	record LogLine(String instance, String line) {
	}

	private static final List<Style> COLOURS = List.of(Style.BLUE, Style.GREEN, Style.YELLOW, Style.MAGENTA,
			Style.CYAN);

	private final Path logs;

	private final Terminal terminal;

	private final boolean json;

	private final Map<Path, Long> positions = new HashMap<>();

	private final Map<String, Style> colours = new HashMap<>();

	/**
	 * Follows from now on: what the files hold already is not printed.
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
			try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
				long position = this.positions.getOrDefault(file, 0L);
				if (log.length() < position) {
					// started anew
					position = 0;
				}
				byte[] unread = new byte[(int) Math.min(log.length() - position, 1 << 20)];
				log.seek(position);
				log.readFully(unread);
				int complete = lastIndexOf(unread, (byte) '\n') + 1;
				this.positions.put(file, position + complete);
				String name = file.getFileName().toString().replace(".log", "");
				new String(unread, 0, complete, StandardCharsets.UTF_8).lines().forEach((line) -> print(name, line));
			}
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
