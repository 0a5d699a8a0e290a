package lab.console.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import lab.console.bench.measure.BenchResults;
import lab.console.bench.measure.BenchRow;
import lab.console.bench.measure.Figure;
import lab.console.terminal.Templates;

/**
 * The results of a benchmark as one SVG, in no language: a plot for each figure, with
 * every measurement, the median and its interval. The drawing is
 * {@code bench.svg.mustache}.
 */
final class BenchPlots {

	private static final String TEMPLATE = "bench.svg.mustache";

	private static final int MARGIN = 12;

	private static final int LEFT = 180;

	private static final int RIGHT = 660;

	private static final int WIDTH = 760;

	private static final int TITLE = 28;

	private static final int LINE = 26;

	private BenchPlots() {
	}

	/**
	 * The values of the template.
	 *
	 * @param height in pixels, like all positions
	 */
	private record PlotValues(int width, int height, String title, String description, List<FigurePlot> plots) {
	}

	/**
	 * @param bottom where the axis is
	 */
	private record FigurePlot(int top, String title, int margin, int left, int right, int bottom, String end,
			List<VariantLine> lines) {
	}

	/**
	 * @param from where the interval of the median begins
	 */
	private record VariantLine(int y, int top, int bottom, int textY, String name, String from, String to,
			String median, String label, List<String> dots) {
	}

	static String draw(BenchResults results) {
		List<FigurePlot> plots = new ArrayList<>();
		int top = 0;
		for (Figure figure : results.rows().stream().map(BenchRow::figure).distinct().toList()) {
			FigurePlot plot = plot(figure, results, top);
			plots.add(plot);
			top += plot.bottom() + LINE;
		}
		return Templates.fill(BenchPlots.class, TEMPLATE,
				new PlotValues(WIDTH, top, results.benchmark(), describe(results), plots));
	}

	private static String describe(BenchResults results) {
		return results.rows()
			.stream()
			.map((row) -> "%s, %s: %s %s".formatted(row.variant(), row.figure().name(),
					BenchReport.number(row.value().median()), row.figure().unit()))
			.collect(Collectors.joining("; "));
	}

	/**
	 * Each variant has a line, on an axis from 0 to the largest value.
	 */
	private static FigurePlot plot(Figure figure, BenchResults results, int top) {
		List<BenchRow> rows = results.rows().stream().filter((row) -> row.figure().equals(figure)).toList();
		double largest = results.measurements()
			.stream()
			.mapToDouble((measurement) -> measurement.value(figure))
			.max()
			.orElse(1);
		List<VariantLine> lines = new ArrayList<>();
		for (BenchRow row : rows) {
			int y = TITLE + LINE * lines.size() + LINE / 2;
			lines.add(new VariantLine(y, y - LINE / 3, y + LINE / 3, y + 4, row.variant(),
					x(row.value().low(), largest), x(row.value().high(), largest), x(row.value().median(), largest),
					BenchReport.number(row.value().median()),
					results.measurements()
						.stream()
						.filter((measurement) -> measurement.variant().equals(row.variant()))
						.map((measurement) -> x(measurement.value(figure), largest))
						.toList()));
		}
		return new FigurePlot(top, figure.name() + " (" + figure.unit() + ")", MARGIN, LEFT, RIGHT,
				TITLE + LINE * lines.size(), BenchReport.number(largest), lines);
	}

	private static String x(double value, double largest) {
		return String.format(Locale.ROOT, "%.1f", LEFT + value / Math.max(largest, Double.MIN_NORMAL) * (RIGHT - LEFT));
	}

}
