package lab.product;

import java.time.Duration;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.coordinator.group.modern.share.ShareGroupConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static lab.product.ProductProperties.MAX_HANDLING_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code product.yml} says, and what may be said otherwise.
 */
class ProductPropertiesTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withInitializer(new ConfigDataApplicationContextInitializer())
		.withUserConfiguration(Settings.class);

	@Test
	void anInstanceIsOfTheGroupProductUnlessTold() {
		this.application.run((context) -> assertThat(context.getBean(ProductProperties.class))
			.isEqualTo(new ProductProperties("product1", "product", "topic_example", "product_handled",
					"product_rebalances", "topic_example-dlt", Duration.ZERO)));
	}

	@Test
	void anotherGroupWritesToTopicsOfItsOwn() {
		this.application.withPropertyValues("lab.product.group=billing", "lab.product.topic=invoices")
			.run((context) -> {
				ProductProperties names = context.getBean(ProductProperties.class);
				assertThat(names.ownTopics()).containsExactly("billing_handled", "billing_rebalances", "invoices-dlt");
				assertThat(context.getEnvironment().getProperty("spring.kafka.consumer.group-id")).isEqualTo("billing");
			});
	}

	@Test
	void stoppingTakesLessThanFiveSecondsWhateverTheBrokerDoes() {
		this.application.run((context) -> {
			Duration listener = DurationStyle.detectAndParse(
					context.getEnvironment().getRequiredProperty("spring.lifecycle.timeout-per-shutdown-phase"));
			assertThat(listener.plus(Events.STOP_WITHIN).plus(Consumption.FLUSH_WITHIN))
				.as("a second is left for what does not wait")
				.isLessThanOrEqualTo(Duration.ofSeconds(4));
		});
	}

	@Test
	void timeDoesNotRunBackwards() {
		this.application.withPropertyValues("lab.product.handling-time=-1s")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("lab.product")
				.hasMessageContaining("handlingTime"));
	}

	@Test
	void anOrderTakesFiveSecondsAtMost() {
		this.application.withPropertyValues("lab.product.handling-time=5s")
			.run((context) -> assertThat(context).hasNotFailed());
		this.application.withPropertyValues("lab.product.handling-time=5001ms")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("lab.product")
				.hasMessageContaining("handlingTime"));
	}

	/**
	 * Otherwise the group would take the partitions away from a slow instance.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "consumer", "classic", "cooperative", "static" })
	void theSlowestOrdersOfOnePollFitBetweenTwoPolls(String profile) {
		this.application.withPropertyValues("spring.profiles.active=" + profile).run((context) -> {
			ConsumerConfig settings = consumer(context.getBean(KafkaProperties.class));
			assertThat(settings.getInt(ConsumerConfig.MAX_POLL_RECORDS_CONFIG) * MAX_HANDLING_SECONDS * 1000)
				.isLessThan(settings.getInt(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG));
		});
	}

	/**
	 * Otherwise a share group would give the record to another member meanwhile.
	 */
	@Test
	void theSlowestOrderFitsIntoTheLockOfAShareGroup() {
		this.application.withPropertyValues("spring.profiles.active=share")
			.run((context) -> assertThat(context.getBean(KafkaProperties.class).getConsumer().getMaxPollRecords()
					* MAX_HANDLING_SECONDS * 1000)
				.isLessThan(ShareGroupConfig.SHARE_GROUP_RECORD_LOCK_DURATION_MS_DEFAULT));
	}

	private static ConsumerConfig consumer(KafkaProperties properties) {
		return new ConsumerConfig(properties.buildConsumerProperties());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ ProductProperties.class, KafkaProperties.class })
	static class Settings {

	}

}
