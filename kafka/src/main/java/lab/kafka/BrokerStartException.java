package lab.kafka;

import lombok.Getter;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the broker does not start. The message gives the reason in one sentence.
 */
@Getter
class BrokerStartException extends RuntimeException {

	/**
	 * What the user can do about it.
	 */
	private final String remedy;

	BrokerStartException(String message, String remedy, @Nullable Throwable cause) {
		super(message, cause);
		this.remedy = remedy;
	}

}
