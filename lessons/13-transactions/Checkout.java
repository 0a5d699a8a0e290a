import java.util.Map;
import java.util.concurrent.CountDownLatch;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes an order to one topic and its payment to another, in one transaction, which it
 * commits, aborts, or leaves open.
 * <p>
 * {@code kafka-run-class Checkout.java BOOTSTRAP-SERVER TRANSACTIONAL-ID ORDERS-TOPIC
 * PAYMENTS-TOPIC ORDER commit|abort|hang}
 */
final class Checkout {

	private Checkout() {
	}

	public static void main(String[] args) throws InterruptedException {
		Map<String, Object> settings = Map.of("bootstrap.servers", args[0], "transactional.id", args[1],
				// time to look at one that is left open; Kafka's default is a minute
				"transaction.timeout.ms", 600_000);
		StringSerializer text = new StringSerializer();
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, text, text)) {
			checkout(producer, args[2], args[3], args[4], args[5]);
		}
	}

	private static void checkout(KafkaProducer<String, String> producer, String orders, String payments, String order,
			String end) throws InterruptedException {
		producer.initTransactions();
		producer.beginTransaction();
		producer.send(new ProducerRecord<>(orders, order, "2 x bibimbap"));
		producer.send(new ProducerRecord<>(payments, order, "18000 won"));
		// both are written; an abort would drop what is not yet sent
		producer.flush();
		switch (end) {
			case "commit" -> producer.commitTransaction();
			case "abort" -> producer.abortTransaction();
			default -> hang();
		}
		System.out.println(order + ": " + end);
	}

	/**
	 * Never comes to its commit.
	 */
	private static void hang() throws InterruptedException {
		System.out.println("both records are written, and nothing is committed");
		new CountDownLatch(1).await();
	}

}
