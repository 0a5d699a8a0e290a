package lab.console.events;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * An order, as the order service publishes it.
 *
 * @param id the order's id
 * @param message what was ordered; null where the event has none
 */
public record OrderPlaced(String id, @Nullable String message) {

	/**
	 * Parses a record's value; never throws.
	 * @return empty where the value is not a well-formed event
	 */
	public static Optional<OrderPlaced> parse(byte @Nullable [] value) {
		return EventFields.parse(value, (fields) -> new OrderPlaced(fields.name("id"), fields.optionalText("message")));
	}

}
