package lab.console.compare.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.console.compare.measure.Distribution;
import lab.console.compare.measure.Measures;
import lab.console.compare.measure.Outcome;
import lab.console.compare.plan.Plan;
import lab.console.compare.plan.Plan.Item;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one scenario under one setting with one kind of member. Distributions are
 * null if no run has the measure.
 *
 * @param series the kind of the members
 * @param runs number of runs that count
 * @param voids number of runs that do not, because a record was lost or a run could not
 * be completed
 * @param boundMs longest time that the group can take to notice, in milliseconds, if it
 * was not measured; otherwise null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResultRow(String scenario, String setting, String series, int runs, int voids, @Nullable Long boundMs,
		@Nullable Distribution reassignedMs, @Nullable Distribution handledMs, @Nullable Distribution stoodStillMs,
		@Nullable Distribution longestGapMs, @Nullable Distribution movedNeedlessly, @Nullable Distribution twice,
		@Nullable Distribution disordered) {

	public ResultRow {
		Objects.requireNonNull(scenario, "scenario");
		Objects.requireNonNull(setting, "setting");
		Objects.requireNonNull(series, "series");
	}

	private static ResultRow notMeasured(Item item) {
		return new ResultRow(item.scenario().code(), item.setting().name(), item.memberKind().code(), 0, 0,
				item.scenario().bound(item.setting()).toMillis(), null, null, null, null, null, null, null);
	}

	/**
	 * Summarizes the outcomes, in the order of the plan. Slow runs that the plan leaves
	 * out have a row with their bound.
	 */
	public static List<ResultRow> of(Plan plan, List<Outcome> outcomes) {
		List<ResultRow> rows = new ArrayList<>();
		for (Item item : plan.once()) {
			List<Outcome> own = outcomes.stream()
				.filter((outcome) -> outcome.scenario().equals(item.scenario().code())
						&& outcome.setting().equals(item.setting().name())
						&& outcome.series().equals(item.memberKind().code()))
				.toList();
			if (!own.isEmpty()) {
				rows.add(of(item, own));
			}
			else if (item.slow() && plan.slowRepetitions() == 0) {
				rows.add(notMeasured(item));
			}
		}
		return rows;
	}

	private static ResultRow of(Item item, List<Outcome> outcomes) {
		List<Measures> measures = outcomes.stream()
			.filter((outcome) -> !outcome.isVoid())
			.map(Outcome::measures)
			.filter(Objects::nonNull)
			.toList();
		return new ResultRow(item.scenario().code(), item.setting().name(), item.memberKind().code(), measures.size(),
				outcomes.size() - measures.size(), null, distribution(measures, Measures::reassignedMs),
				distribution(measures, Measures::handledMs), distribution(measures, Measures::stoodStillMs),
				distribution(measures, Measures::longestGapMs), distribution(measures, Measures::movedNeedlessly),
				distribution(measures, Measures::twice), distribution(measures, Measures::disordered));
	}

	/**
	 * Whether the row is that of the run.
	 */
	boolean includes(Outcome run) {
		return this.scenario.equals(run.scenario()) && this.setting.equals(run.setting())
				&& this.series.equals(run.series());
	}

	private static @Nullable Distribution distribution(List<Measures> measures,
			Function<Measures, ? extends @Nullable Number> value) {
		Stream<Number> values = measures.stream().map((each) -> (Number) value.apply(each)).filter(Objects::nonNull);
		return Distribution.of(values.toList()).orElse(null);
	}

}
