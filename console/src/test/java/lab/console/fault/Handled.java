package lab.console.fault;

import java.util.UUID;

/**
 * What a product published of an order that it handled.
 */
public record Handled(UUID orderId, String instance, int partition, long offset) {
}
