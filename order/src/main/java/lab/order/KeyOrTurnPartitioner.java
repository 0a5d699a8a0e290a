package lab.order;

import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * A key decides the partition, by Kafka's own hash; records without a key take turns.
 * Kafka's {@link RoundRobinPartitioner} takes turns with keys too, its default stays with
 * one partition for a while.
 */
public class KeyOrTurnPartitioner extends RoundRobinPartitioner {

	@Override
	public int partition(String topic, @Nullable Object key, byte @Nullable [] keyBytes, @Nullable Object value,
			byte @Nullable [] valueBytes, Cluster cluster) {
		if (keyBytes != null) {
			return BuiltInPartitioner.partitionForKey(keyBytes, cluster.partitionCountForTopic(topic));
		}
		return super.partition(topic, key, keyBytes, value, valueBytes, cluster);
	}

}
