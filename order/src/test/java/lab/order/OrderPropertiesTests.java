package lab.order;

import java.time.Duration;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The settings and their effect on the producer.
 */
class OrderPropertiesTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class))
		.withUserConfiguration(Publishing.class);

	@Test
	void ordersGoInTurnToTopicExampleUnlessTold() {
		this.application.run((context) -> {
			assertThat(context.getBean(OrderProperties.class)).isEqualTo(new OrderProperties("topic_example",
					OrderProperties.Partitioner.ROUND_ROBIN, OrderProperties.Growth.IMMEDIATE, "product", 500,
					Duration.ofMillis(500), new OrderProperties.Idempotency(10_000, Duration.ofMinutes(10))));
			assertThat(producer(context.getBean(ProducerFactory.class)))
				.containsEntry(ProducerConfig.PARTITIONER_CLASS_CONFIG, KeyOrTurnPartitioner.class);
		});
	}

	/**
	 * With as many connections, each of which waits for its order, nobody would be left
	 * to tell that too many wait.
	 */
	@Test
	void fewerOrdersWaitThanConnectionsAreTaken() {
		this.application.withInitializer(new ConfigDataApplicationContextInitializer())
			.run((context) -> assertThat(context.getBean(OrderProperties.class).maxInFlight())
				.isLessThan(context.getEnvironment().getRequiredProperty("server.tomcat.max-connections", int.class)));
	}

	@Test
	void stickyIsTheProducersOwnDefault() {
		this.application.withPropertyValues("lab.order.partitioner=sticky")
			.run((context) -> assertThat(producer(context.getBean(ProducerFactory.class)))
				.doesNotContainKey(ProducerConfig.PARTITIONER_CLASS_CONFIG));
	}

	/**
	 * Several would be sent again under new sequence numbers after a time-out.
	 */
	@Test
	void oneRequestAtATimeIsOnItsWay() {
		this.application.withInitializer(new ConfigDataApplicationContextInitializer())
			.run((context) -> assertThat(producer(context.getBean(ProducerFactory.class)))
				.containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1"));
	}

	@Test
	void immediateGrowthNeedsNothing() {
		this.application.run((context) -> assertThat(context).doesNotHaveBean(OrderedGrowth.class));
	}

	@Test
	void orderedGrowthIsASetting() {
		this.application.withPropertyValues("lab.order.growth=ordered")
			.run((context) -> assertThat(context).hasSingleBean(OrderedGrowth.class));
	}

	@ParameterizedTest
	@CsvSource({ "growth=sometimes, sometimes", "group= , group" })
	void aGrowthThatIsNoneAndAGroupWithoutNameDoNotStart(String setting, String named) {
		this.application.withPropertyValues("lab.order.growth=ordered", "lab.order." + setting)
			.run((context) -> assertThat(context).hasFailed().getFailure().rootCause().hasMessageContaining(named));
	}

	@Test
	void stoppingTakesLessThanFiveSecondsWhateverTheBrokerDoes() {
		this.application.withInitializer(new ConfigDataApplicationContextInitializer()).run((context) -> {
			Duration requests = DurationStyle.detectAndParse(
					context.getEnvironment().getRequiredProperty("spring.lifecycle.timeout-per-shutdown-phase"));
			DefaultKafkaProducerFactory<?, ?> producers = context.getBean(DefaultKafkaProducerFactory.class);
			assertThat(requests.plus(context.getBean(OrderProperties.class).drain())
				.plus(producers.getPhysicalCloseTimeout())).as("half a second is left for what does not wait")
				.isLessThanOrEqualTo(Duration.ofMillis(4500));
		});
	}

	@Test
	void aTopicWithoutNameDoesNotStart() {
		this.application.withPropertyValues("lab.order.topic= ")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("lab.order")
				.hasMessageContaining("topic"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "maximum-size=0", "time-to-live=0s", "time-to-live=-1s" })
	void aMemoryOfNothingDoesNotStart(String setting) {
		this.application.withPropertyValues("lab.order.idempotency." + setting)
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("lab.order")
				.hasMessageContaining("idempotency"));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> producer(ProducerFactory<?, ?> producers) {
		return producers.getConfigurationProperties();
	}

	/**
	 * The part of the application that uses these settings.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(OrderProperties.class)
	@Import(PublishingConfiguration.class)
	static class Publishing {

	}

}
