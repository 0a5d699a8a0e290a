package lab.console.chaos.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.chaos.ledger.HistoryLine.Usage;

/**
 * Notes every second, in a thread of its own, what order and the products use, as Linux
 * tells in {@code /proc}. Elsewhere it notes nothing. Thread-safe.
 */
final class UsageLog implements AutoCloseable {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

	private final RunPrograms programs;

	private final List<Usage> usages = new ArrayList<>();

	private final Thread thread = new Thread(this::look, "usage-log");

	UsageLog(RunPrograms programs) {
		this.programs = programs;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void look() {
		try {
			while (true) {
				this.programs.processes().forEach((name, process) -> read(name, process).ifPresent(this::add));
				TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
			}
		}
		catch (InterruptedException ex) {
			// closed
		}
	}

	private static Optional<Usage> read(String name, ProcessHandle process) {
		Path folder = Path.of("/proc", String.valueOf(process.pid()));
		try (Stream<Path> descriptors = Files.list(folder.resolve("fd"))) {
			Map<String, String> status = Files.readAllLines(folder.resolve("status"))
				.stream()
				.map((line) -> line.split(":\\s*", 2))
				.collect(Collectors.toMap((line) -> line[0], (line) -> line[1], (one, other) -> one));
			// a process that is ending has no memory
			return Optional.ofNullable(status.get("VmRSS"))
				.map((rss) -> new Usage(name, Long.parseLong(rss.split(" ")[0]) / 1024,
						Integer.parseInt(status.getOrDefault("Threads", "0")), (int) descriptors.count(),
						Instant.now()));
		}
		catch (IOException | UncheckedIOException ex) {
			// it has ended, or there is no /proc
			return Optional.empty();
		}
	}

	private synchronized void add(Usage usage) {
		this.usages.add(usage);
	}

	synchronized List<Usage> usages() {
		return List.copyOf(this.usages);
	}

	@Override
	public void close() throws InterruptedException {
		this.thread.interrupt();
		this.thread.join(CLOSE_TIMEOUT.toMillis());
	}

}
