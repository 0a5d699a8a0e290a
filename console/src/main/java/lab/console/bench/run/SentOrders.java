package lab.console.bench.run;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;

import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Places orders without a service: with a producer in this JVM, which has Kafka's
 * settings but for {@code linger.ms=0}.
 */
final class SentOrders implements OrderPlacer {

	private final KafkaProducer<byte[], byte[]> producer;

	private final String topic;

	private final IntFunction<Map<String, ?>> values;

	private final Messages messages;

	/**
	 * @param values the values of the records, by the numbers of the orders
	 */
	SentOrders(Properties client, String topic, IntFunction<Map<String, ?>> values, Messages messages) {
		Properties settings = new Properties();
		settings.putAll(client);
		settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
		this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
		this.topic = topic;
		this.values = values;
		this.messages = messages;
	}

	@Override
	public void place(int number) {
		byte[] order = Json.line(this.values.apply(number)).getBytes(StandardCharsets.UTF_8);
		byte[] key = ("customer-" + number).getBytes(StandardCharsets.UTF_8);
		try {
			this.producer.send(new ProducerRecord<>(this.topic, key, order)).get();
		}
		catch (ExecutionException ex) {
			throw new LabException(this.messages.get("bench.refused", ex.getCause()), ex);
		}
		catch (InterruptedException ex) {
			throw new InterruptException(ex);
		}
	}

	@Override
	public void close() {
		this.producer.close();
	}

}
