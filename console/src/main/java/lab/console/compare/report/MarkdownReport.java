package lab.console.compare.report;

import java.util.List;
import java.util.stream.Collectors;

import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;

/**
 * Writes a comparison as Markdown, for documents such as {@code docs/rebalance.md}.
 */
@RequiredArgsConstructor
final class MarkdownReport {

	private final Messages messages;

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
