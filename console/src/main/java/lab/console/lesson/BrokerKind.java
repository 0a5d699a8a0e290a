package lab.console.lesson;

import java.util.Locale;

/**
 * Which broker a tour runs on.
 */
enum BrokerKind {

	EMBEDDED, DOCKER;

	/**
	 * As written on the command line.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
