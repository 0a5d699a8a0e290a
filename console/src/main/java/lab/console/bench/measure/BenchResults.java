package lab.console.bench.measure;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import lab.console.process.Machine;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * The results of a benchmark, as in its JSON file.
 *
 * @param at when it ended
 * @param command with which it can be repeated
 * @param java version of the JVM
 * @param kafka version of Kafka's client
 */
public record BenchResults(String benchmark, Instant at, String command, Machine machine, String java, String kafka,
		List<BenchRow> rows, List<Measurement> measurements) {

	public BenchResults {
		rows = List.copyOf(rows);
		measurements = List.copyOf(measurements);
	}

	/**
	 * Summarizes the measurements of a benchmark that has just ended on this machine.
	 * @param variants the first one is what the others are compared with
	 */
	public static BenchResults of(String benchmark, String command, List<String> variants, List<Figure> figures,
			List<Measurement> measurements) {
		return new BenchResults(benchmark, Instant.now().truncatedTo(ChronoUnit.SECONDS), command, Machine.ofProcess(),
				System.getProperty("java.version"), AppInfoParser.getVersion(),
				BenchRow.of(variants, figures, measurements), measurements);
	}

}
