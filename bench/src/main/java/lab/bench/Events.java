package lab.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes the events of a {@link PlainMember}, in the same form as the product service.
 */
class Events implements AutoCloseable {

	private static final JsonMapper json = JsonMapper.builder().build();

	private final String instance;

	private final String handledTopic;

	private final String rebalancesTopic;

	private final KafkaProducer<byte[], byte[]> producer;

	Events(MemberSettings settings) {
		this.instance = settings.get("spring.application.name");
		this.handledTopic = settings.get("lab.product.handled-topic");
		this.rebalancesTopic = settings.get("lab.product.rebalances-topic");
		Map<String, Object> client = settings.client(false);
		client.put("linger.ms", 0);
		client.put("client.id", this.instance);
		this.producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
	}

	/**
	 * Publishes that a record was handled, and waits for the broker's acknowledgement, as
	 * the product service does.
	 */
	void handled(ConsumerRecord<byte[], byte[]> record) throws InterruptedException, ExecutionException {
		JsonNode order = json.readTree(record.value());
		this.producer.send(event(this.handledTopic,
				Map.of("orderId", order.path("id"), "message", order.path("message"), "instance", this.instance,
						"partition", record.partition(), "offset", record.offset(), "handledAt",
						Instant.now().toString())))
			.get();
	}

	/**
	 * Publishes a change of the assignment.
	 * @param type {@code PartitionsAssigned}, {@code PartitionsRevoked} or
	 * {@code PartitionsLost}
	 * @param partitions the partitions that were assigned, revoked or lost
	 * @param owned all partitions of this member after the change
	 * @param epoch the generation or epoch of the group
	 */
	void changed(String type, List<String> partitions, List<String> owned, int epoch) {
		this.producer.send(event(this.rebalancesTopic, Map.of("type", type, "instance", this.instance, "partitions",
				partitions, "owned", owned, "epoch", epoch, "at", Instant.now().toString())));
	}

	private ProducerRecord<byte[], byte[]> event(String topic, Map<String, ?> event) {
		return new ProducerRecord<>(topic, this.instance.getBytes(StandardCharsets.UTF_8),
				json.writeValueAsBytes(event));
	}

	@Override
	public void close() {
		this.producer.close(Duration.ofSeconds(5));
	}

}
