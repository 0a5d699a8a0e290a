package lab.console.compare.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.compare.measure.Distribution;
import lab.console.compare.plan.Setting;
import lab.console.terminal.Templates;
import org.jspecify.annotations.Nullable;

/**
 * A plot of one measure of one scenario: for each setting the median, and a bar from the
 * shortest to the longest time. It is drawn by {@code plot.mustache}. Texts are in
 * English, so that documents in every language share it; their width is not measured,
 * because fonts differ.
 */
final class RangePlot {

	private static final String TEMPLATE = "plot.mustache";

	private static final int LEFT = 160;

	private static final int RIGHT = 540;

	private static final int LINE = 24;

	/** Characters of a setting's name that fit before the axis. */
	private static final int NAME = 18;

	private final Highlight highlight;

	private final List<Row> rows;

	private RangePlot(Highlight highlight, List<Row> rows) {
		this.highlight = highlight;
		this.rows = rows;
	}

	/**
	 * Colors of a plot that is a file of its own.
	 */
	enum Theme {

		LIGHT("", "#ffffff", "#1f2328", "#59636e", "#d1d9e0", "#0072b2"),

		DARK("-dark", "#0d1117", "#e6edf3", "#9198a1", "#3d444d", "#56b4e9");

		private final String suffix;

		private final String style;

		Theme(String suffix, String background, String text, String quiet, String line, String mark) {
			this.suffix = suffix;
			this.style = """
					text { font: 13px system-ui, sans-serif; fill: %2$s; } .quiet { fill: %3$s; } .grid { stroke: %4$s; }
					.range { stroke: %5$s; stroke-width: 10; stroke-opacity: .4; } .middle { stroke: %5$s; stroke-width: 3; }
					.label { paint-order: stroke; stroke: %1$s; stroke-width: 4px; } .background { fill: %1$s; }"""
				.formatted(background, text, quiet, line, mark);
		}

	}

	/**
	 * @param times null if only the bound is known
	 */
	private record Row(Setting setting, @Nullable Distribution times, String label) {
	}

	/**
	 * The values of the template; positions are formatted.
	 */
	private record Drawing(String style, String title, String description, int width, int height, int bottom, int left,
			String caption, int captionY, int labelsY, List<Tick> ticks, List<Heading> headings, List<Line> lines) {
	}

	private record Tick(String x, String label) {
	}

	private record Heading(int y, String text) {
	}

	/**
	 * @param from where the bar begins; null like its end and the median if there are no
	 * times
	 */
	private record Line(int y, int top, int bottom, int textY, String name, @Nullable String from, @Nullable String to,
			@Nullable String middle, String labelX, String label) {
	}

	/**
	 * Returns the plots of what the comparison measured, at most those of
	 * {@link Highlight#PLOTS}.
	 */
	static List<RangePlot> of(Results results) {
		return Highlight.PLOTS.stream().flatMap((highlight) -> of(highlight, results).stream()).toList();
	}

	private static Optional<RangePlot> of(Highlight highlight, Results results) {
		List<Row> rows = Highlight.settings(results)
			.stream()
			.flatMap((setting) -> highlight.row(results, setting)
				.flatMap((row) -> row(setting, row, highlight.column()))
				.stream())
			.toList();
		return rows.stream().anyMatch((row) -> row.times() != null) ? Optional.of(new RangePlot(highlight, rows))
				: Optional.empty();
	}

	private static Optional<Row> row(Setting setting, ResultRow row, MeasureColumn column) {
		Distribution times = column.of(row);
		if (times != null) {
			return Optional.of(new Row(setting, times, label(times)));
		}
		return Optional.ofNullable(row.boundMs())
			.map((bound) -> new Row(setting, null,
					"not measured, noticed within %s".formatted(TimeText.seconds(bound))));
	}

	private static String label(Distribution times) {
		return TimeText.seconds(times.median()) + ((times.runs() == 1) ? ", 1 run" : " (%s – %s)"
			.formatted(TimeText.seconds(times.min()).replace(" s", ""), TimeText.seconds(times.max())));
	}

	String fileName(Theme theme) {
		return this.highlight.scenario().code() + theme.suffix + ".svg";
	}

	Highlight highlight() {
		return this.highlight;
	}

	/**
	 * Returns the plot as an SVG document.
	 */
	String document(Theme theme) {
		return Templates.fill(RangePlot.class, TEMPLATE, drawing(theme.style));
	}

	/**
	 * Returns the plot as an element of {@code report.mustache}, which has its style.
	 */
	String element() {
		return Templates.fill(RangePlot.class, TEMPLATE, drawing(""));
	}

	private Drawing drawing(String style) {
		TimeAxis axis = TimeAxis.of(this.rows.stream()
			.map(Row::times)
			.flatMap(Stream::ofNullable)
			.flatMap((times) -> Stream.of(times.min(), times.max()))
			.toList());
		List<Heading> headings = new ArrayList<>();
		List<Line> lines = new ArrayList<>();
		int y = LINE;
		for (Row row : this.rows) {
			String heading = row.setting().asShipped() ? "Kafka’s defaults" : "Tuned";
			if (headings.isEmpty() || !headings.get(headings.size() - 1).text().equals(heading)) {
				headings.add(new Heading(y, heading));
				y += LINE;
			}
			lines.add(line(row, axis, y));
			y += LINE;
		}
		int bottom = y - LINE / 2;
		String column = this.highlight.column().title();
		String description = this.rows.stream()
			.map((row) -> "%s: %s".formatted(row.setting().name(), row.label()))
			.collect(Collectors.joining("; "));
		String caption = "%s, %s: median (min – max)%s".formatted(this.highlight.scenario().code(), column,
				axis.logarithmic() ? ", logarithmic" : "");
		List<Tick> ticks = axis.ticks().stream().map((tick) -> new Tick(x(axis, tick), TimeAxis.label(tick))).toList();
		return new Drawing(style, "%s, %s".formatted(this.highlight.scenario().code(), column), description, 760,
				bottom + 2 * LINE, bottom, LEFT, caption, bottom + LINE + 14, bottom + 16, ticks, headings, lines);
	}

	private static Line line(Row row, TimeAxis axis, int y) {
		Distribution times = row.times();
		String name = row.setting().name();
		String shown = (name.length() > NAME) ? name.substring(0, NAME - 1) + "…" : name;
		if (times == null) {
			return new Line(y - 4, y - 11, y + 3, y, shown, null, null, null, position(LEFT + 6), row.label());
		}
		return new Line(y - 4, y - 11, y + 3, y, shown, x(axis, times.min()), x(axis, times.max()),
				x(axis, times.median()), position(LEFT + (RIGHT - LEFT) * axis.share(times.max()) + 12), row.label());
	}

	private static String x(TimeAxis axis, double millis) {
		return position(LEFT + (RIGHT - LEFT) * axis.share(millis));
	}

	private static String position(double x) {
		return String.format(Locale.ROOT, "%.1f", x);
	}

}
