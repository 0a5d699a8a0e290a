package lab.console.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import lab.console.bench.measure.BenchResults;
import lab.console.bench.measure.BenchRow;
import lab.console.bench.measure.Figure;
import lab.console.terminal.Messages;
import lab.console.terminal.Templates;
import lombok.RequiredArgsConstructor;

/**
 * The results of a benchmark as one HTML page without references to other files: the
 * table, and a plot for each figure with every measurement. The page is
 * {@code bench.mustache}.
 */
@RequiredArgsConstructor
final class BenchPage {

	private static final String TEMPLATE = "bench.mustache";

	private static final int LEFT = 170;

	private static final int RIGHT = 640;

	private static final int LINE = 26;

	private final Messages messages;

	/**
	 * The values of the template.
	 */
	private record Values(String language, String title, String about, String command, String table,
			List<FigurePlot> plots) {
	}

	/**
	 * @param height in pixels, like all positions
	 * @param bottom where the axis is
	 */
	private record FigurePlot(String title, int width, int height, int left, int right, int bottom, String end,
			List<VariantLine> lines) {
	}

	/**
	 * @param from where the interval of the median begins
	 */
	private record VariantLine(int y, int top, int bottom, int textY, String name, String from, String to,
			String median, String label, List<String> dots) {
	}

	String page(BenchResults results) {
		List<Figure> figures = results.rows().stream().map(BenchRow::figure).distinct().toList();
		return Templates.fill(BenchPage.class, TEMPLATE, new Values(this.messages.language().code(),
				results.benchmark() + ": " + this.messages.get("bench." + results.benchmark() + ".what"),
				this.messages.get("bench.about", results.at(), results.machine().os(), results.machine().processors(),
						results.machine().memoryMb() / 1024, results.java(), results.kafka()),
				results.command(), String.join("\n", new BenchReport(this.messages).lines(results)),
				figures.stream().map((figure) -> plot(figure, results)).toList()));
	}

	/**
	 * Each variant has a line, on an axis from 0 to the largest value.
	 */
	private static FigurePlot plot(Figure figure, BenchResults results) {
		List<BenchRow> rows = results.rows().stream().filter((row) -> row.figure().equals(figure)).toList();
		double largest = results.measurements()
			.stream()
			.mapToDouble((measurement) -> measurement.value(figure))
			.max()
			.orElse(1);
		List<VariantLine> lines = new ArrayList<>();
		for (BenchRow row : rows) {
			int y = LINE * lines.size() + LINE / 2;
			lines.add(new VariantLine(y, y - LINE / 3, y + LINE / 3, y + 4, row.variant(),
					x(row.value().low(), largest), x(row.value().high(), largest), x(row.value().median(), largest),
					BenchReport.number(row.value().median()),
					results.measurements()
						.stream()
						.filter((measurement) -> measurement.variant().equals(row.variant()))
						.map((measurement) -> x(measurement.value(figure), largest))
						.toList()));
		}
		int bottom = LINE * lines.size();
		return new FigurePlot(figure.name() + " (" + figure.unit() + ")", RIGHT + LEFT / 2, bottom + LINE, LEFT, RIGHT,
				bottom, BenchReport.number(largest), lines);
	}

	private static String x(double value, double largest) {
		return String.format(Locale.ROOT, "%.1f", LEFT + value / Math.max(largest, Double.MIN_NORMAL) * (RIGHT - LEFT));
	}

}
