package lab.console.instance;

import java.util.UUID;

/**
 * What a product published to {@code product_handled}.
 */
record Handled(UUID orderId, String instance, int partition, long offset) {
}
