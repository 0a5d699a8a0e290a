package lab.product;

import java.time.Duration;
import java.util.List;

import kafka.server.BrokerServer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;

import static lab.product.Group.await;
import static lab.product.Group.order;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The broker goes and comes back; protocols {@code consumer} and {@code share}.
 */
@EmbeddedKafka(brokerProperties = { "group.consumer.heartbeat.interval.ms=500",
		"group.consumer.min.heartbeat.interval.ms=500", "group.share.heartbeat.interval.ms=500",
		"group.share.min.heartbeat.interval.ms=500", "share.coordinator.state.topic.replication.factor=1",
		"share.coordinator.state.topic.min.isr=1", "offsets.topic.num.partitions=1",
		"share.coordinator.state.topic.num.partitions=1", "auto.create.topics.enable=false" })
@ExtendWith(OutputCaptureExtension.class)
class BrokerOutageIntegrationTests {

	@Test
	void waitsForTheBrokerAndGoesOn(EmbeddedKafkaBroker embedded, CapturedOutput output) throws Exception {
		waitsForTheBrokerAndGoesOn("consumer", embedded, output);
	}

	@Test
	void waitsForTheBrokerAndGoesOnInAShareGroup(EmbeddedKafkaBroker embedded, CapturedOutput output) throws Exception {
		waitsForTheBrokerAndGoesOn("share", embedded, output);
	}

	/**
	 * The lock of the order in hand is being renewed. If a renewal is under way when the
	 * broker goes, the client may forget it (KAFKA-20330): from then on it locks further
	 * records and returns none. Whether it does depends on the moment.
	 */
	@Test
	void handlesTheOrderInHandAndTheNextOnesInAShareGroup(EmbeddedKafkaBroker embedded, CapturedOutput output)
			throws Exception {
		BrokerServer broker = ((EmbeddedKafkaKraftBroker) embedded).getCluster().brokers().get(0);
		try (Group group = new Group(embedded.getBrokersAsString())) {
			group.withTopic(1).lockFor(Duration.ofSeconds(15));
			group.start("product1", "--spring.profiles.active=share");
			group.refuseWrites("-handled", true);
			group.send(order("in hand"));
			await("product1 cannot handle it yet")
				.untilAsserted(() -> assertThat(output).contains("Partition 0, offset 0 is not handled yet"));

			broker.shutdown();
			broker.awaitShutdown();
			group.refuseWrites("-handled", false);
			broker.startup();

			await("product1 says that it is back").untilAsserted(() -> assertThat(output).contains(" is back."));
			group.send(order("after"));
			group.send(order("and after that"));
			await("all are handled")
				.untilAsserted(() -> assertThat(group.handled()).contains("in hand", "after", "and after that"));
			await("and will not be handled again").until(group::hasAcceptedAll);
			assertThat(output).doesNotContain("\tat ");
		}
	}

	private static void waitsForTheBrokerAndGoesOn(String profile, EmbeddedKafkaBroker embedded, CapturedOutput output)
			throws Exception {
		KafkaClusterTestKit cluster = ((EmbeddedKafkaKraftBroker) embedded).getCluster();
		BrokerServer broker = cluster.brokers().get(0);
		try (Group group = new Group(embedded.getBrokersAsString())) {
			group.withTopic(1).start("product1", "--spring.profiles.active=" + profile);
			group.send(order("before"));
			await("the first order is handled").until(() -> group.handled().size() == 1);
			await("and will not be handled again")
				.until(() -> profile.equals("share") ? group.hasAcceptedAll() : group.hasCommitted(1));

			broker.shutdown();
			broker.awaitShutdown();
			await("product1 says that it waits")
				.untilAsserted(() -> assertThat(output).contains("is not reachable; waiting for it."));
			assertThat(group.actuator("product1", "health").get("status").asString()).isEqualTo("DOWN");
			assertThat(group.actuator("product1", "health/liveness").get("status").asString()).isEqualTo("UP");
			broker.startup();

			await("product1 says that it is back").untilAsserted(() -> assertThat(output).contains(" is back."));
			group.send(order("after"));
			await("the next order is handled")
				.untilAsserted(() -> assertThat(group.handled()).isEqualTo(List.of("before", "after")));
			assertThat(group.records("-dlt")).isEmpty();
			assertThat(output).containsOnlyOnce("is not reachable; waiting for it.").containsOnlyOnce(" is back.");
		}
	}

}
