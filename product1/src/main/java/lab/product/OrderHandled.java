package lab.product;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An order was handled by an instance. The record's key is the order's id, which shows
 * whether an order was handled twice.
 *
 * @param repeated whether the stock had counted the order before and did not change;
 * always false without the profile {@code stock}, and only in the JSON if it is true
 */
record OrderHandled(UUID orderId, String message, String instance, int partition, long offset, Instant handledAt,
		@JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean repeated) {
}
