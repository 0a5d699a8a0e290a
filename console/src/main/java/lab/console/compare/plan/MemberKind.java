package lab.console.compare.plan;

import java.util.Locale;

/**
 * What the members are.
 */
public enum MemberKind {

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
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

}
