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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import lab.console.compare.measure.OwnershipChange;
import lab.console.compare.measure.Distribution;
import lab.console.compare.measure.HandledRecord;
import lab.console.compare.measure.Recording;
import lab.console.compare.measure.Measures;
import lab.console.compare.measure.Outcome;
import lab.console.compare.plan.Scenario;
import lab.console.compare.plan.Setting;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;

/**
 * The comparison as one page that needs nothing else: the table, each run as a dot, and
 * of each setting the run in the middle as a timeline of its members.
 */
@RequiredArgsConstructor
final class HtmlReport {

	private static final int WIDTH = 760;

	private static final int LEFT = 190;

	private static final int LINE = 22;

	private static final double LOG_FROM = Math.log10(10);

	private static final double LOG_TO = Math.log10(600_000);

	/** How much of a timeline is before the action. */
	private static final Duration BEFORE = Duration.ofSeconds(1);

	private final Messages messages;

	String page(Results results) {
		StringBuilder page = new StringBuilder(
				"""
						<!DOCTYPE html>
						<html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
						<title>%s</title><style>
						:root { color-scheme: light dark; --text: light-dark(#1b1b1b, #eee); --quiet: light-dark(#595959, #aaa);
						  --line: light-dark(#ccc, #444); --bar: light-dark(#0072b2, #56b4e9); --mark: light-dark(#b34a00, #e69f00); }
						body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); max-width: 1200px; margin: 2rem auto; padding: 0 1rem; }
						.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
						td, th { padding: .2rem .7rem .2rem 0; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--line); }
						svg { max-width: 100%%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: var(--text); }
						svg .quiet { fill: var(--quiet); } svg .grid { stroke: var(--line); } svg .dot { fill: var(--bar); fill-opacity: .55; }
						svg .median, svg .action { stroke: var(--mark); stroke-width: 2; } svg .bar { fill: var(--bar); fill-opacity: .35; stroke: var(--bar); }
						svg .handled { stroke: var(--text); } summary { cursor: pointer; }
						</style></head><body>
						"""
					.formatted(this.messages.language().code(), escape(this.messages.get("compare.title"))));
		page.append("<h1>%s</h1>\n".formatted(escape(this.messages.get("compare.title"))));
		about(results, page);
		table(results.rows(), page);
		for (Scenario scenario : results.plan().scenarios()) {
			scenario(scenario, results, page);
		}
		return page.append("</body></html>\n").toString();
	}

	private void about(Results results, StringBuilder page) {
		page.append("<p>%s<br><code>%s</code></p>\n".formatted(escape(MarkdownReport.about(results, this.messages)),
				escape(results.command())));
		page.append("<p>%s</p>\n<ul>\n".formatted(escape(this.messages.get("compare.legend")).replace("\n", "<br>")));
		for (Setting setting : results.plan().settings()) {
			page.append("<li><b>%s</b>: %s</li>\n".formatted(escape(setting.name()),
					escape(Report.described(setting, this.messages))));
		}
		page.append("</ul>\n");
	}

	private void table(List<ResultRow> rows, StringBuilder page) {
		page.append("<div class=\"wide\" tabindex=\"0\"><table><tr>");
		Report.TITLES.forEach((title) -> page.append("<th>").append(title).append("</th>"));
		page.append("</tr>\n");
		for (ResultRow row : rows) {
			page.append("<tr>");
			Report.cells(row, this.messages)
				.forEach((cell) -> page.append("<td>").append(escape(cell)).append("</td>"));
			page.append("</tr>\n");
		}
		page.append("</table></div>\n");
	}

	private void scenario(Scenario scenario, Results results, StringBuilder page) {
		Map<String, List<Outcome>> bySetting = new TreeMap<>(Comparator.comparingInt((
				name) -> results.rows().stream().map(HtmlReport::name).toList().indexOf(scenario.code() + " " + name)));
		results.runs()
			.stream()
			.filter((run) -> run.scenario().equals(scenario.code()) && !run.isVoid())
			.forEach((run) -> bySetting.computeIfAbsent(run.setting() + " " + run.series(), (name) -> new ArrayList<>())
				.add(run));
		if (bySetting.isEmpty()) {
			return;
		}
		page.append("<h2>%s</h2>\n".formatted(escape(this.messages.get("compare.scenario." + scenario.code()))));
		dots(this.messages.get("compare.plot.reassigned"), bySetting, Measures::reassignedMs, page);
		dots(this.messages.get("compare.plot.stood-still"), bySetting,
				(measures) -> Optional.ofNullable(measures.stoodStillMs()).orElse(-1L), page);
		page.append("<details><summary>%s</summary>\n".formatted(escape(this.messages.get("compare.plot.timelines"))));
		bySetting.forEach((name, runs) -> timeline(name, Outcome.middle(runs), page));
		page.append("</details>\n");
	}

	private static String name(ResultRow row) {
		return row.scenario() + " " + row.setting() + " " + row.series();
	}

	/**
	 * A line for each setting, a dot for each run, time on a logarithmic axis.
	 */
	private void dots(String label, Map<String, List<Outcome>> bySetting, ToLongFunction<Measures> value,
			StringBuilder page) {
		int height = LINE * (bySetting.size() + 1);
		page.append("<h3>%s</h3>\n".formatted(escape(label)));
		page.append("<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"%s\">\n".formatted(WIDTH, height,
				WIDTH, escape(label)));
		for (long tick : List.of(10, 100, 1000, 10_000, 100_000)) {
			double x = logarithmic(tick);
			page.append("<line class=\"grid\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"0\" y2=\"%2$d\"/>".formatted(x,
					height - LINE));
			page.append("<text class=\"quiet\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n".formatted(x,
					height - 6, (tick < 1000) ? tick + " ms" : tick / 1000 + " s"));
		}
		int y = LINE / 2;
		for (Map.Entry<String, List<Outcome>> setting : bySetting.entrySet()) {
			page.append("<text x=\"0\" y=\"%d\">%s</text>".formatted(y + 4, escape(setting.getKey())));
			List<Long> values = setting.getValue()
				.stream()
				.map(Outcome::measures)
				.flatMap((measures) -> Optional.ofNullable(measures).stream())
				.map(value::applyAsLong)
				.filter((millis) -> millis >= 0)
				.toList();
			for (long millis : values) {
				page.append("<circle class=\"dot\" cx=\"%.1f\" cy=\"%d\" r=\"4\"><title>%s</title></circle>"
					.formatted(logarithmic(millis), y, Report.seconds(millis)));
			}
			int middle = y;
			Distribution.of(values)
				.ifPresent((all) -> page
					.append("<line class=\"median\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\"/>"
						.formatted(logarithmic(all.median()), middle - 8, middle + 8)));
			page.append('\n');
			y += LINE;
		}
		page.append("</svg>\n");
	}

	private static double logarithmic(double millis) {
		double share = (Math.log10(Math.max(millis, 10)) - LOG_FROM) / (LOG_TO - LOG_FROM);
		return LEFT + share * (WIDTH - LEFT - 20);
	}

	/**
	 * A line for each member: what it had from when to when, and below it a mark wherever
	 * it handled a record.
	 */
	private void timeline(String name, Outcome run, StringBuilder page) {
		Recording history = run.history();
		Measures measures = run.measures();
		if (history == null || measures == null) {
			return;
		}
		Instant from = history.action().minus(BEFORE);
		Instant to = history.end();
		Set<String> members = new TreeSet<>(history.changes().stream().map(OwnershipChange::member).toList());
		int height = LINE * 2 * members.size() + LINE;
		page.append("<h4>%s: %s</h4>\n".formatted(escape(name), Report.seconds(measures.reassignedMs())));
		page.append("<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"%s\">\n".formatted(WIDTH, height,
				WIDTH, escape(name)));
		Axis axis = new Axis(from, to);
		int y = 0;
		for (String member : members) {
			page.append("<text x=\"0\" y=\"%d\">%s</text>".formatted(y + 16, escape(member)));
			bars(history, member, axis, y, page);
			handled(history.handled(), member, axis, y + LINE, page);
			y += 2 * LINE;
		}
		double action = axis.x(history.action());
		page.append("<line class=\"action\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"0\" y2=\"%2$d\"/>".formatted(action, y));
		page.append("<text class=\"quiet\" x=\"%.1f\" y=\"%d\">0</text>".formatted(action, y + 16));
		page.append("<text class=\"quiet\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n</svg>\n".formatted(WIDTH,
				y + 16, Report.seconds(Duration.between(history.action(), to).toMillis())));
	}

	private void bars(Recording history, String member, Axis axis, int y, StringBuilder page) {
		Instant since = axis.from();
		Set<Integer> owned = Set.of();
		List<OwnershipChange> own = new ArrayList<>(
				history.changes().stream().filter((change) -> change.member().equals(member)).toList());
		Optional.ofNullable(history.silenced().get(member))
			.ifPresent((at) -> own.add(new OwnershipChange("silenced", member, Set.of(), at)));
		own.sort(Comparator.comparing(OwnershipChange::at));
		own.add(new OwnershipChange("end", member, Set.of(), axis.to()));
		for (OwnershipChange change : own) {
			Instant at = change.at().isBefore(axis.from()) ? axis.from() : change.at();
			if (!owned.isEmpty() && at.isAfter(since)) {
				double x = axis.x(since);
				page.append("<rect class=\"bar\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>".formatted(x, y + 2,
						Math.max(1, axis.x(at) - x), LINE - 4));
				page.append("<text x=\"%.1f\" y=\"%d\">%s</text>".formatted(x + 4, y + 16, listed(owned)));
			}
			since = at;
			owned = change.owned();
		}
		page.append('\n');
	}

	private void handled(Collection<HandledRecord> handled, String member, Axis axis, int y, StringBuilder page) {
		String marks = handled.stream()
			.filter((record) -> record.member().equals(member) && axis.shows(record.at()))
			.map((record) -> String.format(Locale.ROOT, "M%.0f %dv8", axis.x(record.at()), y + 4))
			.distinct()
			.collect(Collectors.joining());
		page.append("<path class=\"handled\" d=\"%s\"/>\n".formatted(marks));
	}

	private static String listed(Set<Integer> partitions) {
		return partitions.stream().map(String::valueOf).collect(Collectors.joining(", "));
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

	/**
	 * From time to place.
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
