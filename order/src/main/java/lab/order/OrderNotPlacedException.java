package lab.order;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/**
 * An order was not acknowledged. Answered with 503, and with {@code Retry-After} only if
 * the order was certainly not recorded: sent again, an order that was would be recorded
 * twice.
 */
final class OrderNotPlacedException extends ErrorResponseException {

	private OrderNotPlacedException(String detail, @Nullable Throwable failure) {
		super(HttpStatus.SERVICE_UNAVAILABLE, failure);
		setDetail(detail);
	}

	/**
	 * @param reason why not, in a sentence
	 * @param failure the producer's exception, if it was asked
	 */
	static OrderNotPlacedException notRecorded(@Nullable String reason, @Nullable Throwable failure) {
		OrderNotPlacedException refused = new OrderNotPlacedException("The order was not recorded: " + reason, failure);
		refused.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
		return refused;
	}

	/**
	 * @param id the order's id
	 * @param key the key with which a repetition is the same order, or null if it has
	 * none
	 * @param reason why no acknowledgement arrived
	 * @param failure the producer's exception
	 */
	static OrderNotPlacedException unsure(Object id, @Nullable IdempotencyKey key, @Nullable String reason,
			Throwable failure) {
		String advice = (key != null) ? "Repeat it with the same Idempotency-Key: it is the same order then."
				: "Send an Idempotency-Key with each order, so that a repetition is the same order.";
		return new OrderNotPlacedException("Order %s may or may not have been recorded: %s%s %s".formatted(id, reason,
				String.valueOf(reason).endsWith(".") ? "" : ".", advice), failure);
	}

}
