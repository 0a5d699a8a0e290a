package lab.console.compare.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import lab.console.compare.measure.Distribution;
import lab.console.compare.measure.HandledRecord;
import lab.console.compare.measure.OwnershipChange;
import lab.console.compare.measure.Recording;
import lab.console.terminal.Templates;

/**
 * Draws the plots of {@link HtmlReport} as SVG elements.
 */
final class SvgPlots {

	private static final int WIDTH = 760;

	private static final int LEFT = 190;

	private static final int LINE = 22;

	private static final double LOG_FROM = Math.log10(10);

	private static final double LOG_TO = Math.log10(600_000);

	/** How much of a timeline is before the action. */
	private static final Duration BEFORE = Duration.ofSeconds(1);

	private SvgPlots() {
	}

	/**
	 * Draws a line for each name, with a dot for each value and a mark at the median, on
	 * a logarithmic axis of time.
	 * @param values in milliseconds, by name
	 */
	static String dots(String label, Map<String, List<Long>> values) {
		int height = LINE * (values.size() + 1);
		StringBuilder svg = begin(height, label);
		for (long tick : List.of(10, 100, 1000, 10_000, 100_000)) {
			double x = logarithmic(tick);
			append(svg, "<line class=\"grid\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"0\" y2=\"%2$d\"/>", x, height - LINE);
			append(svg, "<text class=\"quiet\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", x, height - 6,
					(tick < 1000) ? tick + " ms" : tick / 1000 + " s");
		}
		int y = LINE / 2;
		for (Map.Entry<String, List<Long>> line : values.entrySet()) {
			append(svg, "<text x=\"0\" y=\"%d\">%s</text>", y + 4, Templates.escape(line.getKey()));
			for (long millis : line.getValue()) {
				append(svg, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%d\" r=\"4\"><title>%s</title></circle>",
						logarithmic(millis), y, TimeText.seconds(millis));
			}
			int middle = y;
			Distribution.of(line.getValue())
				.ifPresent((all) -> append(svg,
						"<line class=\"median\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\"/>",
						logarithmic(all.median()), middle - 8, middle + 8));
			svg.append('\n');
			y += LINE;
		}
		return svg.append("</svg>").toString();
	}

	private static double logarithmic(double millis) {
		double share = (Math.log10(Math.max(millis, 10)) - LOG_FROM) / (LOG_TO - LOG_FROM);
		return LEFT + share * (WIDTH - LEFT - 20);
	}

	/**
	 * Draws two lines for each member: bars for the partitions that it owned, and below
	 * them a mark for each record that it handled.
	 */
	static String timeline(String label, Recording recording) {
		Set<String> members = new TreeSet<>(recording.changes().stream().map(OwnershipChange::member).toList());
		StringBuilder svg = begin(LINE * 2 * members.size() + LINE, label);
		Axis axis = new Axis(recording.action().minus(BEFORE), recording.end());
		int y = 0;
		for (String member : members) {
			append(svg, "<text x=\"0\" y=\"%d\">%s</text>", y + 16, Templates.escape(member));
			bars(recording, member, axis, y, svg);
			handled(recording.handled(), member, axis, y + LINE, svg);
			y += 2 * LINE;
		}
		double action = axis.x(recording.action());
		append(svg, "<line class=\"action\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"0\" y2=\"%2$d\"/>", action, y);
		append(svg, "<text class=\"quiet\" x=\"%.1f\" y=\"%d\">0</text>", action, y + 16);
		append(svg, "<text class=\"quiet\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", WIDTH, y + 16,
				TimeText.seconds(Duration.between(recording.action(), axis.to()).toMillis()));
		return svg.append("</svg>").toString();
	}

	private static void bars(Recording recording, String member, Axis axis, int y, StringBuilder svg) {
		Instant since = axis.from();
		Set<Integer> owned = Set.of();
		List<OwnershipChange> changes = new ArrayList<>(
				recording.changes().stream().filter((change) -> change.member().equals(member)).toList());
		Optional.ofNullable(recording.silenced().get(member))
			.ifPresent((at) -> changes.add(new OwnershipChange("silenced", member, Set.of(), at)));
		changes.sort(Comparator.comparing(OwnershipChange::at));
		changes.add(new OwnershipChange("end", member, Set.of(), axis.to()));
		for (OwnershipChange change : changes) {
			Instant at = change.at().isBefore(axis.from()) ? axis.from() : change.at();
			if (!owned.isEmpty() && at.isAfter(since)) {
				double x = axis.x(since);
				append(svg, "<rect class=\"bar\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", x, y + 2,
						Math.max(1, axis.x(at) - x), LINE - 4);
				append(svg, "<text x=\"%.1f\" y=\"%d\">%s</text>", x + 4, y + 16,
						owned.stream().map(String::valueOf).collect(Collectors.joining(", ")));
			}
			since = at;
			owned = change.owned();
		}
		svg.append('\n');
	}

	private static void handled(Collection<HandledRecord> handled, String member, Axis axis, int y, StringBuilder svg) {
		String marks = handled.stream()
			.filter((record) -> record.member().equals(member) && axis.shows(record.at()))
			.map((record) -> String.format(Locale.ROOT, "M%.0f %dv8", axis.x(record.at()), y + 4))
			.distinct()
			.collect(Collectors.joining());
		append(svg, "<path class=\"handled\" d=\"%s\"/>\n", marks);
	}

	private static StringBuilder begin(int height, String label) {
		StringBuilder svg = new StringBuilder();
		append(svg, "<svg viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" role=\"img\" aria-label=\"%3$s\">\n", WIDTH, height,
				Templates.escape(label));
		return svg;
	}

	private static void append(StringBuilder svg, String format, Object... values) {
		svg.append(String.format(Locale.ROOT, format, values));
	}

	/**
	 * Maps times to horizontal positions.
	 */
	private record Axis(Instant from, Instant to) {

		boolean shows(Instant at) {
			return !at.isBefore(this.from) && !at.isAfter(this.to);
		}

		double x(Instant at) {
			double share = (double) Duration.between(this.from, at).toMillis()
					/ Math.max(1, Duration.between(this.from, this.to).toMillis());
			return LEFT + share * (WIDTH - LEFT);
		}

	}

}
