package lab.console.terminal;

import java.util.Locale;

/**
 * Where the broker runs: in a JVM or in a container.
 */
public enum BrokerKind {

	EMBEDDED, DOCKER;

	/**
	 * As written on the command line.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
