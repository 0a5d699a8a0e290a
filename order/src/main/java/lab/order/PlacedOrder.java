package lab.order;

import java.time.Instant;
import java.util.UUID;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response: where the order is in Kafka.
 *
 * @param id the order's id
 * @param key the record's key, which is the customer's id; null if none was given
 * @param topic the record's topic
 * @param partition the record's partition
 * @param offset the record's offset in its partition
 * @param timestamp the record's timestamp, set by the producer
 */
record PlacedOrder(UUID id, @Nullable String key, String topic, int partition, long offset, Instant timestamp) {

	static PlacedOrder of(OrderPlaced event, RecordMetadata metadata) {
		return new PlacedOrder(event.id(), event.customerId(), metadata.topic(), metadata.partition(),
				metadata.offset(), Instant.ofEpochMilli(metadata.timestamp()));
	}

}
