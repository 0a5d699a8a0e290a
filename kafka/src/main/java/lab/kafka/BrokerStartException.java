package lab.kafka;

import lombok.Getter;

/**
 * The broker did not start; {@link BrokerStartFailureAnalyzer} turns it into what to do.
 */
@Getter
class BrokerStartException extends RuntimeException {

	private final transient BrokerProperties properties;

	BrokerStartException(BrokerProperties properties, Throwable cause) {
		super(cause.getMessage(), cause);
		this.properties = properties;
	}

}
