package lab.console.compare.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import lab.console.compare.measure.Measures;
import lab.console.compare.measure.Outcome;
import lab.console.compare.measure.Recording;
import lab.console.compare.plan.Scenario;
import lab.console.terminal.Messages;
import lab.console.terminal.Templates;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * Writes a comparison as one HTML page without references to other files: the plots of
 * {@link Highlight}, the table, a plot of all runs, and a timeline of the median run of
 * each setting if it was recorded. The page is {@code report.mustache}, which escapes
 * every value but the SVG.
 */
@RequiredArgsConstructor
final class HtmlReport {

	private static final String TEMPLATE = "report.mustache";

	private final Messages messages;

	/**
	 * The values of the template.
	 */
	private record Page(String language, String title, String about, String command, List<String> legend,
			List<NamedSetting> settings, List<Plot> plots, List<String> columns, List<Cells> rows,
			List<ScenarioPlots> scenarios) {
	}

	private record NamedSetting(String name, String description) {
	}

	private record Cells(List<String> cells) {
	}

	private record ScenarioPlots(String title, List<Plot> plots, String timelinesTitle, List<Plot> timelines) {
	}

	private record Plot(String title, String svg) {
	}

	String page(Results results) {
		List<NamedSetting> settings = results.plan()
			.settings()
			.stream()
			.map((setting) -> new NamedSetting(setting.name(), Report.described(setting, this.messages)))
			.toList();
		Page page = new Page(this.messages.language().code(), this.messages.get("compare.title"),
				MarkdownReport.about(results, this.messages), results.command(),
				this.messages.get("compare.legend").lines().toList(), settings, highlights(results), Report.TITLES,
				results.rows().stream().map((row) -> new Cells(Report.cells(row, this.messages))).toList(),
				results.plan().scenarios().stream().flatMap((scenario) -> plots(scenario, results)).toList());
		return Templates.fill(HtmlReport.class, TEMPLATE, page);
	}

	private List<Plot> highlights(Results results) {
		return RangePlot.of(results)
			.stream()
			.map((plot) -> new Plot(
					"%s: %s".formatted(this.messages.get("compare.scenario." + plot.highlight().scenario().code()),
							plot.highlight().column().title()),
					plot.element()))
			.toList();
	}

	/**
	 * Returns the plots of the scenario, or nothing if none of its runs counts.
	 */
	private Stream<ScenarioPlots> plots(Scenario scenario, Results results) {
		Map<String, List<Outcome>> runs = new LinkedHashMap<>();
		for (ResultRow row : results.rows()) {
			List<Outcome> own = results.runs().stream().filter((run) -> !run.isVoid() && row.includes(run)).toList();
			if (row.scenario().equals(scenario.code()) && !own.isEmpty()) {
				runs.put(row.setting() + " " + row.series(), own);
			}
		}
		if (runs.isEmpty()) {
			return Stream.empty();
		}
		List<Plot> timelines = new ArrayList<>();
		runs.forEach((name, own) -> timeline(name, Outcome.median(own)).forEach(timelines::add));
		return Stream.of(new ScenarioPlots(this.messages.get("compare.scenario." + scenario.code()),
				List.of(dots("compare.plot.reassigned", runs, Measures::reassignedMs),
						dots("compare.plot.stood-still", runs, Measures::stoodStillMs)),
				this.messages.get("compare.plot.timelines"), timelines));
	}

	private Plot dots(String titleKey, Map<String, List<Outcome>> runs, Function<Measures, @Nullable Long> measure) {
		Map<String, List<Long>> values = new LinkedHashMap<>();
		runs.forEach((name, own) -> values.put(name,
				own.stream()
					.map(Outcome::measures)
					.filter(Objects::nonNull)
					.map(measure)
					.filter(Objects::nonNull)
					.toList()));
		String title = this.messages.get(titleKey);
		return new Plot(title, SvgPlots.dots(title, values));
	}

	private Stream<Plot> timeline(String name, Outcome run) {
		Recording recording = run.recording();
		Measures measures = run.measures();
		if (recording == null || measures == null) {
			return Stream.empty();
		}
		return Stream.of(new Plot("%s: %s".formatted(name, TimeText.seconds(measures.reassignedMs())),
				SvgPlots.timeline(name, recording)));
	}

}
