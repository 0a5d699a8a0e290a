package lab.product;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;

import static lab.product.Group.await;
import static lab.product.Group.order;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance may not read, and is given the right while it runs; protocols
 * {@code consumer} and {@code classic}.
 */
@EmbeddedKafka(brokerProperties = { "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
		"allow.everyone.if.no.acl.found=true", "group.initial.rebalance.delay.ms=0", "offsets.topic.num.partitions=1",
		"auto.create.topics.enable=false" })
@ExtendWith(OutputCaptureExtension.class)
class AuthorizationIntegrationTests {

	private static String servers;

	@BeforeAll
	static void find(EmbeddedKafkaBroker broker) {
		servers = broker.getBrokersAsString();
	}

	@ParameterizedTest
	@ValueSource(strings = { "consumer", "classic" })
	void readsOnceItIsAllowedTo(String profile, CapturedOutput output) throws Exception {
		try (Group group = new Group(servers)) {
			group.withTopic(1).denyRead(true);
			group.start("product1", "--spring.profiles.active=" + profile);
			group.send(order("1st-Order"));
			await("product1 is down, and says why").untilAsserted(
					() -> assertThat(group.actuator("product1", "health").at("/components/membership").toString())
						.contains("DOWN", "READ on topic " + group.topic + " and on group " + group.name));
			assertThat(group.actuator("product1", "health").get("status").asString()).isEqualTo("DOWN");
			assertThat(group.handled()).isEmpty();

			group.denyRead(false);
			await("the order is handled").untilAsserted(() -> assertThat(group.handled()).containsExactly("1st-Order"));
			assertThat(group.actuator("product1", "health").get("status").asString()).isEqualTo("UP");
			assertThat(output).containsOnlyOnce("Kafka does not let product1 read: ")
				.containsOnlyOnce("Kafka lets product1 read again.")
				.doesNotContain("\tat ");
		}
	}

}
