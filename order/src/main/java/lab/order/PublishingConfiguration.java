package lab.order;

import java.time.Duration;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerConfig;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Chooses the producer's partitioner by {@code lab.order.partitioner}, what happens when
 * partitions are added by {@code lab.order.growth}, and what a shutdown waits for.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class PublishingConfiguration {

	/**
	 * How long the producer takes at most to close: nobody waits for its orders any more.
	 */
	static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

	@Bean
	DefaultKafkaProducerFactoryCustomizer closeTimeout() {
		return (producers) -> producers.setPhysicalCloseTimeout((int) CLOSE_WITHIN.toSeconds());
	}

	/**
	 * A shutdown interrupts {@link BrokerWatch} instead of waiting for its check, which
	 * takes 2 seconds where the broker does not answer.
	 */
	@Bean
	ThreadPoolTaskSchedulerCustomizer scheduler() {
		return (scheduler) -> scheduler.setAcceptTasksAfterContextClose(true);
	}

	@Bean
	DefaultKafkaProducerFactoryCustomizer partitioner(OrderProperties properties) {
		return (producers) -> {
			if (properties.partitioner() == OrderProperties.Partitioner.ROUND_ROBIN) {
				producers.updateConfigs(Map.of(ProducerConfig.PARTITIONER_CLASS_CONFIG, KeyOrTurnPartitioner.class));
			}
		};
	}

	@Bean
	@ConditionalOnProperty(name = "lab.order.growth", havingValue = "ordered")
	OrderedGrowth growth(KafkaTemplate<String, OrderPlaced> kafka, KafkaAdmin kafkaAdmin, OrderProperties properties) {
		return new OrderedGrowth(kafka, new GroupOffsets(kafkaAdmin, properties), properties);
	}

}
