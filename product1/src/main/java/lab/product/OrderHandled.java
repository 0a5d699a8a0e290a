package lab.product;

import java.time.Instant;
import java.util.UUID;

/**
 * Says which instance handled an order, and where the order was. Its key is the order's
 * id, so that an order handled twice is seen to be.
 */
record OrderHandled(UUID orderId, String message, String instance, int partition, long offset, Instant handledAt) {
}
