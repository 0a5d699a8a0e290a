package lab.console.compare;

import java.util.Locale;

/**
 * What the members are.
 */
enum Series {

	/**
	 * The product service: Spring's listener container.
	 */
	SPRING,

	/**
	 * A bare KafkaConsumer.
	 */
	PLAIN;

	/**
	 * As written on the command line and in results.
	 */
	String code() {
		return name().toLowerCase(Locale.ROOT);
	}

}
