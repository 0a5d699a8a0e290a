package lab.console.chaos;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import lab.console.terminal.Table;

/**
 * The sums of several runs.
 */
final class LedgerSums {

	private LedgerSums() {
	}

	/**
	 * Returns a table with a line for each fault, in alphabetical order.
	 */
	static List<String> lines(List<LedgerRow> runs) {
		Table table = new Table("FAULT", "RUNS", "KEPT", "SENT", "ACKNOWLEDGED", "REFUSED", "UNKNOWN", "RECORDED",
				"HANDLED", "AGAIN", "TAKEN");
		Map<String, List<LedgerRow>> groups = runs.stream()
			.collect(Collectors.groupingBy(LedgerRow::fault, TreeMap::new, Collectors.toList()));
		groups.forEach((name, rows) -> table.row(name, rows.size(), sum(rows, (row) -> row.kept() ? 1 : 0),
				sum(rows, LedgerRow::sent), sum(rows, LedgerRow::acknowledged), sum(rows, LedgerRow::refused),
				sum(rows, LedgerRow::unknown), sum(rows, LedgerRow::recorded), sum(rows, LedgerRow::handled),
				sum(rows, LedgerRow::again), sum(rows, LedgerRow::taken)));
		return table.lines();
	}

	private static long sum(List<LedgerRow> rows, ToLongFunction<LedgerRow> figure) {
		return rows.stream().mapToLong(figure).sum();
	}

}
