package lab.product;

import java.time.Instant;
import java.util.UUID;

/**
 * An order was handled by an instance. The record's key is the order's id, which shows
 * whether an order was handled twice.
 */
record OrderHandled(UUID orderId, String message, String instance, int partition, long offset, Instant handledAt) {
}
