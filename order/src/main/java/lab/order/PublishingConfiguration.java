package lab.order;

import java.util.Map;

import org.apache.kafka.clients.producer.ProducerConfig;

import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Chooses the producer's partitioner by {@code lab.order.partitioner}.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class PublishingConfiguration {

	@Bean
	DefaultKafkaProducerFactoryCustomizer partitioner(OrderProperties properties) {
		return (producers) -> {
			if (properties.partitioner() == OrderProperties.Partitioner.ROUND_ROBIN) {
				producers.updateConfigs(Map.of(ProducerConfig.PARTITIONER_CLASS_CONFIG, KeyOrTurnPartitioner.class));
			}
		};
	}

}
