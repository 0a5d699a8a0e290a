package lab.kafka;

import lombok.Getter;

/**
 * The broker did not start: its message says why, in one sentence.
 */
@Getter
class BrokerStartException extends RuntimeException {

	/**
	 * What the person at the terminal can do.
	 */
	private final String remedy;

	BrokerStartException(String message, String remedy, Throwable cause) {
		super(message, cause);
		this.remedy = remedy;
	}

}
