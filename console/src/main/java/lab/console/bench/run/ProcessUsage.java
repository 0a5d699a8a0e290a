package lab.console.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;

/**
 * What a process needs of the machine.
 * <p>
 * Memory is the proportional set size: pages that several processes share, such as those
 * of a class archive, count for each in part. Only Linux reports it.
 */
@RequiredArgsConstructor
final class ProcessUsage {

	private final String name;

	private final ProcessHandle process;

	private final Messages messages;

	/**
	 * Checks that this machine reports it.
	 * @throws LabException if it does not
	 */
	static void requirePossible(Messages messages) {
		if (!Files.exists(Path.of("/proc/self/smaps_rollup"))) {
			throw new LabException(messages.get("bench.footprint.linux"));
		}
	}

	/**
	 * The CPU time since its start, in seconds.
	 * @throws LabException if it has ended
	 */
	double cpuSeconds() {
		return this.process.info().totalCpuDuration().orElseThrow(this::ended).toNanos() / 1e9;
	}

	/**
	 * The memory that it has, in MB.
	 * @throws LabException if it has ended
	 */
	double memoryMb() {
		try (Stream<String> lines = Files.lines(Path.of("/proc/%d/smaps_rollup".formatted(this.process.pid())))) {
			// as in "Pss: 183016 kB"
			return lines.filter((line) -> line.startsWith("Pss:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
				.sum() / 1024.0;
		}
		catch (IOException | UncheckedIOException ex) {
			throw ended();
		}
	}

	private LabException ended() {
		return new LabException(this.messages.get("bench.footprint.ended", this.name));
	}

}
