package lab.console.fault;

import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /orders} answered with 201.
 *
 * @param key the customer; null where the order has none
 */
public record PlacedOrder(String id, @Nullable String key, String topic, int partition, long offset) {
}
