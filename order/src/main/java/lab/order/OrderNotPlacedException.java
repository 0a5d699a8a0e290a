package lab.order;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * Kafka did not acknowledge an order in time: 503, and a client may try again soon.
 */
class OrderNotPlacedException extends ErrorResponseException {

	/**
	 * @param outcome what is known of the order
	 * @param problem what is known of the broker, if anything
	 * @param failure what the producer said
	 */
	OrderNotPlacedException(String outcome, @Nullable String problem, Throwable failure) {
		super(HttpStatus.SERVICE_UNAVAILABLE, failure);
		String reason = (problem != null) ? problem : NestedExceptionUtils.getMostSpecificCause(failure).getMessage();
		setDetail("%s: %s".formatted(outcome, reason));
		getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
	}

}
