import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A shop that sends the orders of a day.
 * <p>
 * {@code kafka-run-class Shop.java BOOTSTRAP-SERVER TOPIC}
 */
final class Shop {

	private Shop() {
	}

	public static void main(String[] args) {
		Map<String, Object> settings = Map.of("bootstrap.servers", args[0]);
		StringSerializer text = new StringSerializer();
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, text, text)) {
			for (Order order : ordersOfTheDay()) {
				producer.send(new ProducerRecord<>(args[1], order.country(), order.json()));
			}
		}
	}

	/**
	 * Returns ten orders of each customer, in the order in which they were placed. All
	 * customers but three are in Korea.
	 */
	private static List<Order> ordersOfTheDay() {
		Map<Integer, String> abroad = Map.of(8, "JP", 16, "US", 24, "VN");
		List<Order> orders = new ArrayList<>();
		for (int number = 1; number <= 10; number++) {
			for (int customer = 1; customer <= 24; customer++) {
				orders.add(new Order("customer-" + customer, abroad.getOrDefault(customer, "KR"), number));
			}
		}
		return orders;
	}

	/**
	 * An order.
	 *
	 * @param number of the customer's orders, from 1
	 */
	private record Order(String customer, String country, int number) {

		String json() {
			return """
					{"id":"%s","message":"%s %s %d","customerId":"%s","placedAt":"%s"}""".formatted(UUID.randomUUID(),
					this.country, this.customer, this.number, this.customer, Instant.now());
		}

	}

}
