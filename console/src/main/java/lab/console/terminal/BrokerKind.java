package lab.console.terminal;

import java.util.Locale;

/**
 * Where the broker runs: in a JVM, in a container, or already, not started by the lab.
 */
public enum BrokerKind {

	EMBEDDED, DOCKER, EXISTING;

	/**
	 * As written on the command line.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
