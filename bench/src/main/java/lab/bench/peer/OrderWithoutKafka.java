package lab.bench.peer;

import java.util.Map;
import java.util.concurrent.Future;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.serializer.JacksonJsonSerializer;

/**
 * The order service with a producer that acknowledges each order at once: it does
 * everything but send the record. The service's class is loaded by name, because it is a
 * program and cannot be a dependency.
 */
@Configuration(proxyBeanMethods = false)
public class OrderWithoutKafka {

	private static final String PROGRAM = "lab.order.OrderApplication";

	public static void main(String[] args) throws ClassNotFoundException {
		new SpringApplication(Class.forName(PROGRAM), OrderWithoutKafka.class).run(args);
	}

	@Bean
	ProducerFactory<Object, Object> producers(KafkaProperties properties) {
		return new DefaultKafkaProducerFactory<>(properties.buildProducerProperties()) {

			@Override
			protected Producer<Object, Object> createRawProducer(Map<String, Object> settings) {
				return new ForgetfulProducer();
			}

		};
	}

	/**
	 * A {@link MockProducer} that serializes a record and keeps none.
	 */
	private static final class ForgetfulProducer extends MockProducer<Object, Object> {

		@SuppressWarnings("unchecked")
		private ForgetfulProducer() {
			super(true, null, (Serializer<Object>) (Serializer<?>) new StringSerializer(),
					new JacksonJsonSerializer<>());
		}

		@Override
		public synchronized Future<RecordMetadata> send(ProducerRecord<Object, Object> record, Callback callback) {
			clear();
			return super.send(record, callback);
		}

	}

}
