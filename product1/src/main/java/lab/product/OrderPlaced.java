package lab.product;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An order was placed with the order service. Fields that a later version adds are
 * ignored.
 */
record OrderPlaced(UUID id, String message, @Nullable String customerId, Instant placedAt) {

	OrderPlaced {
		present("id", id);
		present("message", message);
		present("placedAt", placedAt);
	}

	private static void present(String field, @Nullable Object value) {
		if (value == null) {
			throw new IllegalArgumentException(field + " is missing");
		}
	}

}
