package lab.console.compare.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import lab.console.compare.plan.Scenario;
import lab.console.compare.plan.Setting;

/**
 * A measure of a scenario that tells much in a small table or a plot. It is that of the
 * first kind of members in the plan: the product service, unless the command line names
 * others.
 */
record Highlight(Scenario scenario, MeasureColumn column) {

	static final List<Highlight> PLOTS = List.of(new Highlight(Scenario.GROWTH, MeasureColumn.HANDLED),
			new Highlight(Scenario.ROLLING, MeasureColumn.LONGEST_GAP),
			new Highlight(Scenario.KILL, MeasureColumn.LONGEST_GAP));

	static final List<Highlight> TABLE = List.of(new Highlight(Scenario.GROWTH, MeasureColumn.HANDLED),
			new Highlight(Scenario.JOIN, MeasureColumn.REASSIGNED),
			new Highlight(Scenario.JOIN, MeasureColumn.LONGEST_GAP),
			new Highlight(Scenario.LEAVE, MeasureColumn.LONGEST_GAP),
			new Highlight(Scenario.KILL, MeasureColumn.LONGEST_GAP),
			new Highlight(Scenario.KILL, MeasureColumn.STOOD_STILL), new Highlight(Scenario.PAUSE, MeasureColumn.TWICE),
			new Highlight(Scenario.PAUSE, MeasureColumn.DISORDERED),
			new Highlight(Scenario.RESTART, MeasureColumn.MOVED),
			new Highlight(Scenario.ROLLING, MeasureColumn.LONGEST_GAP));

	/**
	 * Returns the settings of the comparison, those as shipped first.
	 */
	static List<Setting> settings(Results results) {
		List<Setting> settings = results.plan().settings();
		return Stream
			.concat(settings.stream().filter(Setting::asShipped),
					settings.stream().filter((setting) -> !setting.asShipped()))
			.toList();
	}

	Optional<ResultRow> row(Results results, Setting setting) {
		String series = results.plan().memberKinds().get(0).code();
		return results.rows()
			.stream()
			.filter((row) -> row.scenario().equals(this.scenario.code()) && row.setting().equals(setting.name())
					&& row.series().equals(series))
			.findFirst();
	}

}
