package lab.console.compare.report;

import java.util.Locale;

/**
 * Formats measured times.
 */
public final class TimeText {

	private TimeText() {
	}

	/**
	 * Returns the time in seconds, with hundredths if it is shorter than ten.
	 */
	public static String seconds(double millis) {
		return String.format(Locale.ROOT, (millis < 10_000) ? "%.2f s" : "%.0f s", millis / 1000);
	}

}
