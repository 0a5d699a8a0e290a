package lab.console.compare.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.compare.plan.Setting;
import lab.console.terminal.Messages;
import lab.console.terminal.Table;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import lombok.RequiredArgsConstructor;

/**
 * Prints a comparison to a terminal: a table, and below it what was tuned.
 */
@RequiredArgsConstructor
public final class Report {

	static final List<String> TITLES = Stream
		.concat(Stream.of("SCENARIO", "SETTING", "MEMBERS", "RUNS"),
				Stream.of(MeasureColumn.values()).map(MeasureColumn::title))
		.toList();

	private final Terminal terminal;

	private final Messages messages;

	public void print(Results results) {
		PrintStream out = this.terminal.out();
		String scenario = "";
		Table table = new Table(TITLES.toArray(String[]::new));
		for (ResultRow row : results.rows()) {
			if (!scenario.isEmpty() && !scenario.equals(row.scenario())) {
				table.row(TITLES.stream().map((title) -> "").toArray());
			}
			scenario = row.scenario();
			table.row(cells(row, this.messages).toArray());
		}
		table.print(out);
		out.println();
		out.println(this.messages.get("compare.legend"));
		results.plan().settings().forEach((setting) -> out.println(setting(setting)));
	}

	/**
	 * Returns the cells of a row, in the order of {@link #TITLES}.
	 */
	static List<String> cells(ResultRow row, Messages messages) {
		List<String> cells = new ArrayList<>(List.of(row.scenario(), row.setting(), row.series()));
		cells.add((row.voids() > 0) ? messages.get("compare.runs-void", row.runs(), row.voids())
				: String.valueOf(row.runs()));
		Stream.of(MeasureColumn.values()).map((column) -> column.medianAndUpper(row)).forEach(cells::add);
		if (row.boundMs() != null) {
			cells.set(TITLES.indexOf(MeasureColumn.REASSIGNED.title()),
					messages.get("compare.bound", TimeText.seconds(row.boundMs())));
		}
		return cells;
	}

	private String setting(Setting setting) {
		return "  %s: %s".formatted(this.terminal.style(Style.BOLD, setting.name()), described(setting, this.messages));
	}

	/**
	 * Describes in what the setting differs from Kafka's defaults.
	 */
	static String described(Setting setting, Messages messages) {
		return setting.asShipped() ? messages.get("compare.as-shipped", setting.profile())
				: messages.get("compare.tuned", setting.profile(), listed(setting.client(), setting.group()));
	}

	private static String listed(Map<String, String> client, Map<String, String> group) {
		return client.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().equals("group.protocol")
					&& !entry.getKey().equals("partition.assignment.strategy"))
			.map(Map.Entry::toString)
			.collect(Collectors.joining(", "))
				+ group.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", "));
	}

}
