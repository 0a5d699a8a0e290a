package lab.console.events;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * An instance handled an order, as the instance itself publishes it.
 *
 * @param message the order's text; null where the event has none
 * @param instance the client.id of the member that handled it
 * @param partition the order's partition
 * @param offset the order's offset in the partition
 * @param repeated whether the stock had counted the order before
 */
public record OrderHandled(String orderId, @Nullable String message, String instance, int partition, long offset,
		Instant handledAt, boolean repeated) {

	/**
	 * Parses a record's value; never throws.
	 * @return empty where the value is not a well-formed event
	 */
	public static Optional<OrderHandled> parse(byte @Nullable [] value) {
		return EventFields.parse(value,
				(fields) -> new OrderHandled(fields.name("orderId"), fields.optionalText("message"),
						fields.name("instance"), fields.nonNegativeInt("partition"), fields.nonNegativeLong("offset"),
						fields.instant("handledAt"), fields.flag("repeated")));
	}

}
