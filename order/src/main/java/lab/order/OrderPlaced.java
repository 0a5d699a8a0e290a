package lab.order;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The event, as every reader of the topic sees it: a change here is a change of contract.
 *
 * @param id the order's own, so that a reader can tell a repeated record from a new order
 * @param message what was ordered
 * @param customerId who ordered; left out of the JSON where nobody is named
 * @param placedAt when, to the millisecond, as Kafka's own timestamps are
 */
record OrderPlaced(UUID id, String message, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String customerId,
		Instant placedAt) {

	static OrderPlaced now(PlaceOrder order) {
		return new OrderPlaced(UUID.randomUUID(), order.message(), order.customerId(),
				Instant.now().truncatedTo(ChronoUnit.MILLIS));
	}

}
