package lab.console.bench;

import lab.console.bench.measure.BenchResults;
import lab.console.terminal.Messages;
import lab.console.terminal.Templates;
import lombok.RequiredArgsConstructor;

/**
 * The results of a benchmark as one HTML page without references to other files: the
 * table and the {@link BenchPlots}. The page is {@code bench.mustache}.
 */
@RequiredArgsConstructor
final class BenchPage {

	private static final String TEMPLATE = "bench.mustache";

	private final Messages messages;

	/**
	 * The values of the template.
	 *
	 * @param plots an SVG
	 */
	private record Values(String language, String title, String about, String command, String table, String plots) {
	}

	String page(BenchResults results) {
		return Templates.fill(BenchPage.class, TEMPLATE, new Values(this.messages.language().code(),
				results.benchmark() + ": " + this.messages.get("bench." + results.benchmark() + ".what"),
				this.messages.get("bench.about", results.at(), results.machine().os(), results.machine().processors(),
						results.machine().memoryMb() / 1024, results.java(), results.kafka()),
				results.command(), String.join("\n", new BenchReport(this.messages).lines(results)),
				BenchPlots.draw(results)));
	}

}
