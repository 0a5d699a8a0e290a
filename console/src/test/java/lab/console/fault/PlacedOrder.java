package lab.console.fault;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /orders} answered with 201.
 */
public record Order(UUID id, @Nullable String key, String topic, int partition, long offset) {
}
