package lab.bench.peer;

import java.util.concurrent.ExecutionException;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * A controller as many tutorials have it: the body of the request is the record, and the
 * request's thread waits for the acknowledgement. Boot's and Kafka's defaults, no
 * validation, no id, no line in a log.
 */
@RestController
@EnableAutoConfiguration
public class TutorialController {

	private final KafkaTemplate<String, String> kafka;

	private final String topic;

	TutorialController(KafkaTemplate<String, String> kafka, @Value("${topic}") String topic) {
		this.kafka = kafka;
		this.topic = topic;
	}

	public static void main(String[] args) {
		SpringApplication.run(TutorialController.class, args);
	}

	@PostMapping("/orders")
	@ResponseStatus(HttpStatus.CREATED)
	String place(@RequestBody String order) throws ExecutionException, InterruptedException {
		this.kafka.send(this.topic, order).get();
		return order;
	}

}
