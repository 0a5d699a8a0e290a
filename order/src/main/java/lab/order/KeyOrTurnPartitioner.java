package lab.order;

import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the partition by the key's hash, as Kafka's default partitioner does, and sends
 * records without a key to all partitions in turn. {@link RoundRobinPartitioner} alone
 * ignores keys; the default partitioner sends keyless records to one partition until it
 * has sent 16 KiB.
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
