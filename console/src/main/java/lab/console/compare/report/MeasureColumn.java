package lab.console.compare.report;

import java.util.function.Function;

import lab.console.compare.measure.Distribution;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

/**
 * A measure that has a column in the tables.
 */
@RequiredArgsConstructor
enum MeasureColumn {

	REASSIGNED(ResultRow::reassignedMs, true),

	HANDLED(ResultRow::handledMs, true),

	STOOD_STILL(ResultRow::stoodStillMs, true),

	LONGEST_GAP(ResultRow::longestGapMs, true),

	MOVED(ResultRow::movedNeedlessly, false),

	TWICE(ResultRow::twice, false),

	DISORDERED(ResultRow::disordered, false);

	static final String NONE = "-";

	private final Function<ResultRow, @Nullable Distribution> measure;

	private final boolean time;

	String title() {
		return name().replace('_', ' ');
	}

	/**
	 * Returns the values in the row, times in milliseconds; null if no run has the
	 * measure.
	 */
	@Nullable Distribution of(ResultRow row) {
		return this.measure.apply(row);
	}

	String median(ResultRow row) {
		Distribution values = of(row);
		return (values != null) ? text(values.median()) : NONE;
	}

	/**
	 * Returns the median and, in parentheses, the 95th percentile of times if there is
	 * more than one run, or the largest count if it differs.
	 */
	String medianAndUpper(ResultRow row) {
		Distribution values = of(row);
		if (values == null) {
			return NONE;
		}
		boolean alone = this.time ? values.runs() == 1 : values.max() == values.median();
		return alone ? text(values.median())
				: "%s (%s)".formatted(text(values.median()), text(this.time ? values.p95() : values.max()));
	}

	private String text(double value) {
		if (this.time) {
			return TimeText.seconds(value);
		}
		return (value == Math.rint(value)) ? String.valueOf((long) value) : String.valueOf(value);
	}

}
