package lab.console.compare.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import lab.console.compare.measure.Distribution;
import lab.console.compare.plan.Setting;
import lab.console.terminal.Messages;
import lab.console.terminal.Table;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * Prints a comparison to a terminal: a table, and below it what was tuned.
 */
@RequiredArgsConstructor
public final class Report {

	static final List<String> TITLES = List.of("SCENARIO", "SETTING", "MEMBERS", "RUNS", "REASSIGNED", "HANDLED",
			"STOOD STILL", "LONGEST GAP", "MOVED", "TWICE", "DISORDERED");

	private static final String NONE = "-";

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
		if (row.boundMs() != null) {
			return List.of(row.scenario(), row.setting(), row.series(), "0",
					messages.get("compare.bound", seconds(row.boundMs())), NONE, NONE, NONE, NONE, NONE, NONE);
		}
		String runs = (row.voids() > 0) ? messages.get("compare.runs-void", row.runs(), row.voids())
				: String.valueOf(row.runs());
		return List.of(row.scenario(), row.setting(), row.series(), runs, times(row.reassignedMs()),
				times(row.handledMs()), times(row.stoodStillMs()), times(row.longestGapMs()),
				counts(row.movedNeedlessly()), counts(row.twice()), counts(row.disordered()));
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

	/**
	 * Returns the median, with the 95th percentile if there is more than one run.
	 */
	private static String times(@Nullable Distribution times) {
		if (times == null) {
			return NONE;
		}
		return (times.runs() == 1) ? seconds(times.median())
				: "%s (%s)".formatted(seconds(times.median()), seconds(times.p95()));
	}

	/**
	 * Returns the median, with the largest value if it differs.
	 */
	private static String counts(@Nullable Distribution counts) {
		if (counts == null) {
			return NONE;
		}
		return (counts.max() == counts.median()) ? count(counts.median())
				: "%s (%s)".formatted(count(counts.median()), count(counts.max()));
	}

	private static String count(double value) {
		return (value == Math.rint(value)) ? String.valueOf((long) value) : String.valueOf(value);
	}

	public static String seconds(double millis) {
		return String.format(Locale.ROOT, (millis < 10_000) ? "%.2f s" : "%.0f s", millis / 1000);
	}

}
