package lab.console.bench.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import lab.console.events.OrderPlaced;
import lab.console.terminal.Json;
import lab.console.terminal.LabOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a product does with an order, and nothing else: a loop that parses the orders of a
 * poll, publishes an event for each, waits for them and commits, with the product's
 * settings. Without Spring, retries, metrics and a line in a log.
 */
final class PlainLoop implements AutoCloseable {

	private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private static final int MAX_POLL_RECORDS = 50;

	private final String events;

	private final KafkaConsumer<byte[], byte[]> consumer;

	private final KafkaProducer<byte[], byte[]> producer;

	private final Thread thread = new Thread(this::run, "plain-loop");

	private volatile boolean closed;

	/**
	 * Begins to handle orders.
	 * @param prefix of the names of its topics, which exist, and of its group, of which
	 * it is the only member
	 */
	PlainLoop(Properties client, String prefix) {
		this.events = HandledEvents.topic(prefix);
		Properties settings = new Properties();
		settings.putAll(client);
		settings.put(ConsumerConfig.GROUP_ID_CONFIG, prefix + LabOptions.GROUP);
		settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
		settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
		settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
		settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL_TIMEOUT.toMillis());
		this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
		this.producer = BenchLab.producer(client);
		this.consumer.subscribe(List.of(prefix + LabOptions.TOPIC));
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void run() {
		try (this.consumer; this.producer) {
			while (!this.closed) {
				handle(this.consumer.poll(POLL_TIMEOUT));
			}
		}
		catch (WakeupException | InterruptException | InterruptedException ex) {
			// closed
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void handle(ConsumerRecords<byte[], byte[]> records) throws ExecutionException, InterruptedException {
		List<Future<?>> sent = new ArrayList<>();
		for (ConsumerRecord<byte[], byte[]> record : records) {
			OrderPlaced order = OrderPlaced.parse(record.value()).orElseThrow();
			Map<String, Object> event = new LinkedHashMap<>();
			event.put("orderId", order.id());
			event.put("message", order.message());
			event.put("instance", "loop");
			event.put("partition", record.partition());
			event.put("offset", record.offset());
			event.put("handledAt", Instant.now().toString());
			sent.add(this.producer
				.send(new ProducerRecord<>(this.events, String.valueOf(order.id()).getBytes(StandardCharsets.UTF_8),
						Json.line(event).getBytes(StandardCharsets.UTF_8))));
		}
		for (Future<?> acknowledged : sent) {
			acknowledged.get();
		}
		this.consumer.commitSync();
	}

	@Override
	public void close() throws InterruptedException {
		this.closed = true;
		this.consumer.wakeup();
		this.thread.join(CLOSE_TIMEOUT.toMillis());
	}

}
