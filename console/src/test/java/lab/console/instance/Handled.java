package lab.console.instance;

import java.util.UUID;

/**
 * What a product published of an order that it handled.
 */
record Handled(UUID orderId, String instance, int partition, long offset) {
}
