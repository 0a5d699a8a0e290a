package lab.console.compare.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

import lab.console.compare.measure.Outcome;
import lab.console.compare.measure.Recording;
import lab.console.compare.plan.Plan.Item;
import lab.console.compare.report.RangePlot.Theme;
import lab.console.compare.run.ComparisonListener;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;

/**
 * Writes the files of a comparison. Runs are written as they finish, so that they are
 * kept if the comparison is interrupted.
 */
public record ResultFiles(Path folder) implements ComparisonListener {

	/**
	 * The file with one line of JSON for each run.
	 */
	public Path runs() {
		return this.folder.resolve("runs.jsonl");
	}

	@Override
	public void finished(Item item, Outcome outcome, Duration took) {
		try {
			Files.writeString(runs(), Json.line(outcome) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			if (outcome.isVoid()) {
				keepRecording(outcome);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes what {@link Outcome#measures()} was computed from.
	 */
	private void keepRecording(Outcome outcome) throws IOException {
		Recording recording = outcome.recording();
		if (recording != null) {
			Path histories = Files.createDirectories(this.folder.resolve("histories"));
			Files.writeString(histories.resolve("%d-%s-%s-%s.json".formatted(outcome.number(), outcome.scenario(),
					outcome.setting(), outcome.series())), Json.line(recording));
		}
	}

	/**
	 * Writes the results as JSON, HTML, Markdown and SVG, and the recordings of the
	 * median runs.
	 */
	public void write(Results results, Messages messages) {
		try {
			Files.writeString(this.folder.resolve("compare.json"), Json.line(results));
			draw(results, messages);
			for (Outcome median : results.medians()) {
				keepRecording(median);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes the results as HTML, Markdown and SVG.
	 */
	public void draw(Results results, Messages messages) {
		MarkdownReport markdown = new MarkdownReport(messages);
		try {
			Files.writeString(this.folder.resolve("compare.html"), new HtmlReport(messages).page(results));
			Files.writeString(this.folder.resolve("compare.md"),
					markdown.summary(results) + "\n" + markdown.text(results));
			for (RangePlot plot : RangePlot.of(results)) {
				for (Theme theme : Theme.values()) {
					Files.writeString(this.folder.resolve(plot.fileName(theme)), plot.document(theme));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
