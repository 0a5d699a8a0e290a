package lab.order;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The event that is published for each order. Its JSON is a contract with all consumers
 * of the topic.
 *
 * @param id the order's id; two records with the same id are the same order
 * @param message what was ordered
 * @param customerId who ordered, also the record's key; null is left out of the JSON
 * @param placedAt when the request arrived, in milliseconds as Kafka's timestamps
 */
record OrderPlaced(UUID id, String message, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String customerId,
		Instant placedAt) {

	static OrderPlaced now(UUID id, PlaceOrder order) {
		return new OrderPlaced(id, order.message(), order.customerId(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
	}

}
