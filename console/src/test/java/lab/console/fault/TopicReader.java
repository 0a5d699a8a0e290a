package lab.console.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import lab.console.events.TopicTail;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic of one partition from its beginning, without being a member of a group.
 */
public final class TopicReader implements AutoCloseable {

	private final TopicTail tail;

	private final List<byte[]> values = new ArrayList<>();

	public TopicReader(String bootstrapServers, String topic) {
		Properties client = new Properties();
		client.put("bootstrap.servers", bootstrapServers);
		this.tail = new TopicTail(client, "test-reader", 0);
		this.tail.readAll(List.of(new TopicPartition(topic, 0)));
	}

	/**
	 * Returns all values that are in the topic so far, the oldest first.
	 */
	public List<byte[]> read() throws InterruptedException {
		this.tail.poll(Duration.ofMillis(100)).stream().map(ConsumerRecord::value).forEach(this.values::add);
		return this.values;
	}

	@Override
	public void close() {
		this.tail.close();
	}

}
