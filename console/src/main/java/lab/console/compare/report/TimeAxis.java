package lab.console.compare.report;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * An axis of time, in milliseconds.
 *
 * @param ticks which times are labeled, the shortest first
 */
record TimeAxis(boolean logarithmic, double from, double to, List<Double> ticks) {

	/** From how many times the shortest the longest time makes the axis logarithmic. */
	private static final double WIDE = 50;

	/**
	 * Returns an axis that has room for all of the times.
	 */
	static TimeAxis of(Collection<Double> times) {
		double longest = Math.max(5, Collections.max(times));
		double shortest = Math.max(1, Collections.min(times));
		if (longest < shortest * WIDE) {
			double step = roundedUp(longest / 5);
			double to = Math.ceil(longest / step) * step;
			return new TimeAxis(false, 0, to,
					DoubleStream.iterate(0, (tick) -> tick <= to, (tick) -> tick + step).boxed().toList());
		}
		double from = Math.pow(10, Math.floor(Math.log10(shortest)));
		double to = roundedUp(longest);
		return new TimeAxis(true, from, to,
				DoubleStream.iterate(from, (tick) -> tick <= to, (tick) -> tick * 10).boxed().toList());
	}

	/**
	 * Returns the next number that is 1, 2 or 5 times a power of ten.
	 */
	private static double roundedUp(double value) {
		double power = Math.pow(10, Math.floor(Math.log10(value)));
		return DoubleStream.of(1, 2, 5, 10)
			.map((digit) -> digit * power)
			.filter((each) -> each >= value)
			.min()
			.orElse(value);
	}

	/**
	 * Returns where the time is between the ends of the axis, from 0 to 1.
	 */
	double share(double millis) {
		return this.logarithmic ? Math.log(Math.max(millis, this.from) / this.from) / Math.log(this.to / this.from)
				: millis / this.to;
	}

	static String label(double millis) {
		return BigDecimal.valueOf(Math.round(millis), 3).stripTrailingZeros().toPlainString() + " s";
	}

}
