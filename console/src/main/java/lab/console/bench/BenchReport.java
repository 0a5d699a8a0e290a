package lab.console.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import lab.console.bench.measure.BenchResults;
import lab.console.bench.measure.BenchRow;
import lab.console.bench.measure.Interval;
import lab.console.terminal.Messages;
import lab.console.terminal.Table;
import lombok.RequiredArgsConstructor;

/**
 * The results of a benchmark as text.
 */
@RequiredArgsConstructor
final class BenchReport {

	private final Messages messages;

	/**
	 * A table, and how to read it.
	 */
	List<String> lines(BenchResults results) {
		if (results.rows().get(0).value().count() == 1) {
			return once(results);
		}
		Table table = new Table("VARIANT", "FIGURE", "MEDIAN", "FROM", "TO", "UNIT", "RATIO");
		for (BenchRow row : results.rows()) {
			table.row(row.variant(), row.figure().name(), number(row.value().median()), number(row.value().low()),
					number(row.value().high()), row.figure().unit(), ratio(row));
		}
		List<String> lines = new ArrayList<>(table.without("RATIO", "1").lines());
		Interval value = results.rows().get(0).value();
		lines.add(this.messages.get("bench.explain", value.count(), Math.round(value.confidence() * 100)));
		if (results.rows().stream().anyMatch((row) -> row.ratio() != null)) {
			lines.add(this.messages.get("bench.explain-ratio"));
		}
		return lines;
	}

	/**
	 * One value does not tell how certain it is, and a ratio of two does not either.
	 */
	private List<String> once(BenchResults results) {
		Table table = new Table("VARIANT", "FIGURE", "VALUE", "UNIT");
		for (BenchRow row : results.rows()) {
			table.row(row.variant(), row.figure().name(), number(row.value().median()), row.figure().unit());
		}
		List<String> lines = new ArrayList<>(table.lines());
		lines.add(this.messages.get("bench.explain-once", results.benchmark()));
		return lines;
	}

	private String ratio(BenchRow row) {
		Interval ratio = row.ratio();
		if (ratio == null) {
			return "1";
		}
		return row.noisy() ? this.messages.get("bench.noisy", number(ratio.low()), number(ratio.high()))
				: "%s (%s-%s)".formatted(number(ratio.median()), number(ratio.low()), number(ratio.high()));
	}

	/**
	 * Three digits, whatever the language.
	 */
	static String number(double value) {
		int digits = (value >= 100) ? 0 : (value >= 10) ? 1 : 2;
		return String.format(Locale.ROOT, "%." + digits + "f", value);
	}

}
