package lab.order;

import java.time.Instant;
import java.util.UUID;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a client: where in Kafka the order went.
 *
 * @param id the order's own
 * @param key the record's key: the customer, or null, which leaves the partition to the
 * partitioner
 * @param topic the topic it went to
 * @param partition the partition it went to
 * @param offset its place in that partition
 * @param timestamp the record's, which is the time that the producer sent it
 */
record PlacedOrder(UUID id, @Nullable String key, String topic, int partition, long offset, Instant timestamp) {

	static PlacedOrder of(OrderPlaced event, RecordMetadata metadata) {
		return new PlacedOrder(event.id(), event.customerId(), metadata.topic(), metadata.partition(),
				metadata.offset(), Instant.ofEpochMilli(metadata.timestamp()));
	}

}
