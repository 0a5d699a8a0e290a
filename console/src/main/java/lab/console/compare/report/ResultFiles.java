package lab.console.compare.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import lab.console.compare.measure.Recording;
import lab.console.compare.measure.Outcome;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;

/**
 * The files that a comparison leaves, written as soon as there is something to write: an
 * hour of measuring is not lost with the last minute.
 *
 * @param folder where they are
 */
public record ResultFiles(Path folder) {

	/**
	 * One JSON object for each run.
	 */
	public Path runs() {
		return this.folder.resolve("runs.jsonl");
	}

	public void note(Outcome outcome) {
		try {
			Files.writeString(runs(), Json.line(outcome) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			if (outcome.isVoid()) {
				keepHistory(outcome);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * All that happened in the run, to look at or to measure again.
	 */
	void keepHistory(Outcome outcome) throws IOException {
		Recording history = outcome.history();
		if (history != null) {
			Path histories = Files.createDirectories(this.folder.resolve("histories"));
			Files.writeString(histories.resolve("%d-%s-%s-%s.json".formatted(outcome.number(), outcome.scenario(),
					outcome.setting(), outcome.series())), Json.line(history));
		}
	}

	/**
	 * The results for a program, for a browser and for a document.
	 */
	public void write(Results results, Messages messages) {
		try {
			Files.writeString(this.folder.resolve("compare.json"), Json.line(results));
			Files.writeString(this.folder.resolve("compare.html"), new HtmlReport(messages).page(results));
			Files.writeString(this.folder.resolve("compare.md"), new MarkdownReport(messages).text(results));
			for (Outcome middle : results.middles()) {
				keepHistory(middle);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
