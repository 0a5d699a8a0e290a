import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Handles two orders, each of which takes longer than the time allowed between two polls.
 * With {@code block}, the thread that polls does the work. With {@code pause}, another
 * thread does it, and the consumer keeps polling while its partition is paused. The
 * protocol is Kafka's default, classic.
 * <p>
 * {@code kafka-run-class SlowReader.java BOOTSTRAP-SERVER GROUP TOPIC block|pause}
 */
final class SlowReader {

	private static final Duration HANDLING = Duration.ofSeconds(4);

	private SlowReader() {
	}

	public static void main(String[] args) {
		Map<String, Object> settings = Map.of("bootstrap.servers", args[0], "group.id", args[1], "auto.offset.reset",
				"earliest", "enable.auto.commit", false, "max.poll.records", 1, "max.poll.interval.ms", 2_000);
		StringDeserializer text = new StringDeserializer();
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, text, text)) {
			consumer.subscribe(List.of(args[2]));
			for (int handled = 0; handled < 2; handled++) {
				ConsumerRecord<String, String> record = next(consumer);
				if (args[3].equals("pause")) {
					handleWhilePaused(consumer, record);
				}
				else {
					handle(record);
				}
				commit(consumer, record);
			}
		}
	}

	private static ConsumerRecord<String, String> next(KafkaConsumer<String, String> consumer) {
		ConsumerRecords<String, String> records = ConsumerRecords.empty();
		while (records.isEmpty()) {
			records = consumer.poll(Duration.ofMillis(500));
		}
		ConsumerRecord<String, String> order = records.iterator().next();
		System.out.println("got the order at offset " + order.offset());
		return order;
	}

	private static void handleWhilePaused(KafkaConsumer<String, String> consumer,
			ConsumerRecord<String, String> order) {
		CompletableFuture<Void> handling = CompletableFuture.runAsync(() -> handle(order));
		consumer.pause(consumer.assignment());
		int records = 0;
		while (!handling.isDone()) {
			records += consumer.poll(Duration.ofMillis(500)).count();
		}
		consumer.resume(consumer.paused());
		// throws what the handling has thrown, so that an order that failed is not committed
		handling.join();
		System.out.println("orders polled meanwhile: " + records);
	}

	private static void handle(ConsumerRecord<String, String> order) {
		try {
			Thread.sleep(HANDLING.toMillis());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		System.out.println("handled the order at offset " + order.offset());
	}

	private static void commit(KafkaConsumer<String, String> consumer, ConsumerRecord<String, String> order) {
		long next = order.offset() + 1;
		try {
			// not commitSync(): of a partition that is lost, it commits nothing, without
			// an exception
			consumer.commitSync(
					Map.of(new TopicPartition(order.topic(), order.partition()), new OffsetAndMetadata(next)));
			System.out.println("committed offset " + next);
		}
		catch (CommitFailedException ex) {
			System.out.println("offset " + next + " is not committed: " + ex.getClass().getSimpleName());
		}
	}

}
