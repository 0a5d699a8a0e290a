package lab.console.compare.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import lab.console.compare.measure.OwnershipChange;
import lab.console.compare.measure.HandledRecord;
import lab.console.terminal.Json;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the members publish of themselves, outside of any group.
 */
final class Recorder implements AutoCloseable {

	private final KafkaConsumer<String, String> consumer;

	private final TopicPartition handledTopic;

	private final TopicPartition rebalancesTopic;

	private final List<HandledRecord> handled = new ArrayList<>();

	private final Set<String> handledIds = new HashSet<>();

	private final List<OwnershipChange> changes = new ArrayList<>();

	private final Thread thread = new Thread(this::read, "recorder");

	Recorder(Properties client, String handledTopic, String rebalancesTopic) {
		Properties properties = new Properties();
		properties.putAll(client);
		properties.putAll(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
				ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false, ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false,
				ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100, ConsumerConfig.CLIENT_ID_CONFIG, "recorder"));
		this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
		this.handledTopic = new TopicPartition(handledTopic, 0);
		this.rebalancesTopic = new TopicPartition(rebalancesTopic, 0);
		this.consumer.assign(List.of(this.handledTopic, this.rebalancesTopic));
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void read() {
		try (this.consumer) {
			while (true) {
				for (ConsumerRecord<String, String> record : this.consumer.poll(Duration.ofMillis(100))) {
					note(record.topic(), Json.read(record.value()));
				}
			}
		}
		catch (WakeupException ex) {
			// it is closed
		}
	}

	private synchronized void note(String topic, JsonNode event) {
		if (topic.equals(this.handledTopic.topic())) {
			String id = event.path("orderId").asString();
			this.handledIds.add(id);
			this.handled.add(new HandledRecord(id, event.path("instance").asString(), event.path("partition").asInt(),
					Instant.parse(event.path("handledAt").asString())));
		}
		else {
			this.changes.add(new OwnershipChange(event.path("type").asString(), event.path("instance").asString(),
					partitions(event.path("owned")), Instant.parse(event.path("at").asString())));
		}
	}

	private static Set<Integer> partitions(JsonNode names) {
		Set<Integer> partitions = new TreeSet<>();
		names.forEach((name) -> {
			String text = name.asString();
			partitions.add(Integer.parseInt(text.substring(text.lastIndexOf('-') + 1)));
		});
		return partitions;
	}

	synchronized List<HandledRecord> handled() {
		return List.copyOf(this.handled);
	}

	/**
	 * The latest of what was handled, at most so many.
	 */
	synchronized List<HandledRecord> handled(int latest) {
		return List.copyOf(this.handled.subList(Math.max(0, this.handled.size() - latest), this.handled.size()));
	}

	/**
	 * How many records were handled, those handled twice counted once.
	 */
	synchronized int handledOnce() {
		return this.handledIds.size();
	}

	synchronized List<OwnershipChange> changes() {
		return List.copyOf(this.changes);
	}

	@Override
	public void close() {
		this.consumer.wakeup();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
