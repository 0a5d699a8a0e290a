package lab.product;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Lets a producer fail for single topics, as if their leader were away.
 */
public class Outage implements Partitioner {

	static final Set<String> topics = ConcurrentHashMap.newKeySet();

	/** Those of the topics to which somebody has tried to send. */
	static final Set<String> refused = ConcurrentHashMap.newKeySet();

	@Override
	public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
		if (topics.contains(topic)) {
			refused.add(topic);
			throw new TimeoutException("there is an outage of " + topic);
		}
		return 0;
	}

	@Override
	public void close() {
		// holds nothing
	}

	@Override
	public void configure(Map<String, ?> configs) {
		// needs nothing
	}

}
