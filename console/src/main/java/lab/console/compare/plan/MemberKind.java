package lab.console.compare.plan;

import java.util.Locale;

/**
 * The program that the members of a group are.
 */
public enum MemberKind {

	/**
	 * The product service, with Spring's listener container.
	 */
	SPRING,

	/**
	 * A loop around a KafkaConsumer.
	 */
	PLAIN;

	/**
	 * The name on the command line and in results.
	 */
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

}
