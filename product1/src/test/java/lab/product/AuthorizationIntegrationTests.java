package lab.product;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;

import static lab.product.Group.await;
import static lab.product.Group.order;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance may not read, or not write its events, and is given the right while it
 * runs; protocols {@code consumer} and {@code classic}.
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

	/**
	 * The broker refuses events that are on their way together.
	 */
	@ParameterizedTest
	@EnumSource(names = { "NONE", "COMMIT_BEFORE_ACKNOWLEDGMENT" })
	void handlesTheOrdersAgainWhoseEventsAreRefused(Mutant mutant, CapturedOutput output) throws Exception {
		try (Group group = new Group(servers)) {
			group.withTopic(1).withTopic("-handled", Map.of()).denyWrite("-handled", true);
			group.sendAll(List.of(order("1st-Order"), order("2nd-Order"), order("3rd-Order")));
			group.start("product1", mutant.settings());
			if (mutant == Mutant.NONE) {
				await("product1 says why").until(() -> output.toString().contains("offset 0 is not handled yet ("));
			}
			else {
				await("product1 has committed").until(() -> group.hasCommitted(3));
			}

			group.denyWrite("-handled", false);
			group.send(order("4th-Order"));
			mutant.assertBreaks(group, Guarantee.HANDLED, Guarantee.COMMITS);
			assertThat(output).doesNotContain("\tat ");
		}
	}

}
