package lab.order;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * Kafka did not acknowledge an order in time. Answered with 503 and {@code Retry-After}.
 */
class OrderNotPlacedException extends ErrorResponseException {

	/**
	 * @param outcome whether the order was recorded, as the start of a sentence
	 * @param problem what {@link BrokerWatch} reports; null if it knows of no problem
	 * @param failure the producer's exception; its message is the reason if problem is
	 * null
	 */
	OrderNotPlacedException(String outcome, @Nullable String problem, Throwable failure) {
		super(HttpStatus.SERVICE_UNAVAILABLE, failure);
		String reason = (problem != null) ? problem : NestedExceptionUtils.getMostSpecificCause(failure).getMessage();
		setDetail("%s: %s".formatted(outcome, reason));
		getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
	}

}
