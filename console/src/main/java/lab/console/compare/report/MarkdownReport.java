package lab.console.compare.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.compare.plan.Setting;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;

/**
 * Writes a comparison as Markdown, for documents such as {@code docs/rebalance.md}.
 */
@RequiredArgsConstructor
final class MarkdownReport {

	private final Messages messages;

	/**
	 * Returns a table of medians, with a row for each measure of {@link Highlight#TABLE}
	 * and a column for each setting.
	 */
	String summary(Results results) {
		List<Setting> settings = Highlight.settings(results);
		List<Highlight> highlights = Highlight.TABLE.stream()
			.filter((highlight) -> results.plan().scenarios().contains(highlight.scenario()))
			.toList();
		StringBuilder text = new StringBuilder();
		row(Stream.concat(Stream.of("SCENARIO", "MEASURE"), settings.stream().map(Setting::name)).toList(), text);
		row(Stream.concat(Stream.of("---", "---"), settings.stream().map((setting) -> "--:")).toList(), text);
		for (Highlight highlight : highlights) {
			Stream<String> medians = settings.stream()
				.map((setting) -> highlight.row(results, setting)
					.map(highlight.column()::median)
					.orElse(MeasureColumn.NONE));
			row(Stream.concat(Stream.of(highlight.scenario().code(), highlight.column().title()), medians).toList(),
					text);
		}
		return text.toString();
	}

	/**
	 * Returns all rows, and how and of what they were measured.
	 */
	String text(Results results) {
		StringBuilder text = new StringBuilder();
		text.append(about(results, this.messages)).append("\n\n```sh\n").append(results.command()).append("\n```\n\n");
		row(Report.TITLES, text);
		row(Report.TITLES.stream().map((title) -> "---").toList(), text);
		results.rows().forEach((row) -> row(Report.cells(row, this.messages), text));
		text.append('\n').append(this.messages.get("compare.legend").replace("\n", "  \n")).append("\n\n");
		results.plan()
			.settings()
			.forEach((setting) -> text
				.append("- `%s`: %s\n".formatted(setting.name(), Report.described(setting, this.messages))));
		return text.toString();
	}

	/**
	 * Returns when, on which machine and with which versions was measured.
	 */
	static String about(Results results, Messages messages) {
		return messages.get("compare.about", results.at(), results.machine().os(), results.machine().processors(),
				results.machine().memoryMb() / 1024, results.versions().java(), results.versions().broker(),
				results.versions().clients(), results.versions().springKafka());
	}

	private static void row(List<String> cells, StringBuilder text) {
		text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
	}

}
