package lab.product;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;
import org.springframework.util.StringUtils;

import static lab.product.Group.await;
import static lab.product.Group.order;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an instance says and answers is so under each protocol of a consumer group;
 * members of the classic protocol look at their metadata and send a heartbeat each second
 * here, so that it is soon.
 */
@EmbeddedKafka(brokerProperties = { "group.consumer.heartbeat.interval.ms=500",
		"group.consumer.min.heartbeat.interval.ms=500", "group.initial.rebalance.delay.ms=0",
		"offsets.topic.num.partitions=1", "auto.create.topics.enable=false" })
@ExtendWith(OutputCaptureExtension.class)
class ProtocolIntegrationTests {

	private static String servers;

	private Group group;

	@BeforeAll
	static void find(EmbeddedKafkaBroker broker) {
		servers = broker.getBrokersAsString();
	}

	@BeforeEach
	void ownTopic() {
		this.group = new Group(servers);
	}

	@AfterEach
	void stopAll() {
		this.group.close();
	}

	@ParameterizedTest
	@CsvSource({ "consumer, consumer, epoch", "classic, classic, generation", "cooperative, classic, generation",
			"static, classic, generation" })
	void tellsWhatItOwnsAndThatItIsIdle(String profile, String protocol, String counter, CapturedOutput output)
			throws Exception {
		String zero = this.group.topic + "-0";
		this.group.withTopic(1);
		start("product1", profile);
		await("product1 owns the partition")
			.untilAsserted(() -> assertThat(this.group.owned("product1")).containsExactly(zero));
		JsonNode assignment = this.group.assignment("product1");
		assertThat(assignment.get("protocol").asString()).isEqualTo(protocol);
		assertThat(assignment.get("epoch").asInt()).isPositive();
		assertThat(assignment.has("note")).isFalse();
		assertThat(output)
			.containsPattern("product1 was given %s; owns %s \\(%s \\d+\\)\\.".formatted(zero, zero, counter));

		start("product2", profile);
		await("one of them knows that it is idle").until(() -> this.group.assignment("product1").get("idle").asBoolean()
				|| this.group.assignment("product2").get("idle").asBoolean());
		assertThat(StringUtils.countOccurrencesOf(output.toString(), " is IDLE")).isEqualTo(1);

		this.group.grow(2);
		await("each owns one partition").untilAsserted(() -> {
			assertThat(this.group.owned("product1")).hasSize(1);
			assertThat(this.group.owned("product2")).hasSize(1)
				.doesNotContainAnyElementsOf(this.group.owned("product1"));
		});
		this.group.sendTo(0, order("to 0"));
		this.group.sendTo(1, order("to 1"));
		await("both work").untilAsserted(
				() -> assertThat(this.group.events("-handled")).extracting((event) -> event.get("instance").asString())
					.containsExactlyInAnyOrder("product1", "product2"));
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void ofTwoWithOneStaticNameTheFirstSaysThatItIsFenced(CapturedOutput output) throws Exception {
		this.group.withTopic(1);
		start("product1", "static");
		await("product1 owns the partition").until(() -> this.group.owned("product1").size() == 1);
		this.group.start("second", "--lab.product.instance=product1", "--spring.profiles.active=static");

		await("the first says so").untilAsserted(() -> assertThat(output)
			.containsOnlyOnce("product1 is fenced: another member has joined as product1 (group.instance.id)"));
		await("the second owns the partition").until(() -> this.group.owned("second").size() == 1);
		assertThat(this.group.owned("product1")).isEmpty();
		assertThat(membership("product1").at("/status").asString()).isEqualTo("DOWN");
		assertThat(membership("product1").at("/details/reason").asString())
			.isEqualTo("fenced: another member has joined as product1");
		assertThat(membership("second").at("/status").asString()).isEqualTo("UP");
		this.group.send(order("1st-Order"));
		await("the order is handled").until(() -> List.of("1st-Order").equals(this.group.handled()));
		assertThat(output).doesNotContain("\tat ").doesNotContain("FencedInstanceIdException");
	}

	private JsonNode membership(String instance) {
		return this.group.actuator(instance, "health").at("/components/membership");
	}

	private void start(String instance, String profile) {
		String[] settings = profile.equals("consumer") ? new String[0]
				: new String[] { "--spring.kafka.consumer.properties[metadata.max.age.ms]=1000",
						"--spring.kafka.consumer.properties[heartbeat.interval.ms]=1000" };
		this.group.start(instance,
				StringUtils.concatenateStringArrays(settings, new String[] { "--spring.profiles.active=" + profile }));
	}

}
