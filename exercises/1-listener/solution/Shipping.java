package shipping;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.kafka.annotation.KafkaListener;

/**
 * A service that ships what was ordered.
 */
@SpringBootApplication
public class Shipping {

	public static void main(String[] args) {
		SpringApplication.run(Shipping.class, args);
	}

	@KafkaListener(topics = "topic_example", groupId = "product")
	void ship(String order) {
		System.out.println("shipping " + order);
	}

}
