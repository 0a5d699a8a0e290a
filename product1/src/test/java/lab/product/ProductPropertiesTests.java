package lab.product;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

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
	void timeDoesNotRunBackwards() {
		this.application.withPropertyValues("lab.product.handling-time=-1s")
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.hasMessageContaining("lab.product")
				.hasMessageContaining("handlingTime"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ProductProperties.class)
	static class Settings {

	}

}
