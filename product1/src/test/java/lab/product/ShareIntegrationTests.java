package lab.product;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
 * Instances of the service as members of a share group (KIP-932) with a heartbeat of 500
 * ms and Kafka's session of 45 s: what happens sooner happens because a member said so,
 * not because it was missed.
 */
@EmbeddedKafka(
		brokerProperties = { "group.share.heartbeat.interval.ms=500", "group.share.min.heartbeat.interval.ms=500",
				"group.share.min.record.lock.duration.ms=1000", "share.coordinator.state.topic.replication.factor=1",
				"share.coordinator.state.topic.min.isr=1", "offsets.topic.num.partitions=1",
				"share.coordinator.state.topic.num.partitions=1", "auto.create.topics.enable=false" })
@ExtendWith(OutputCaptureExtension.class)
class ShareIntegrationTests {

	private static final String SHARE = "--spring.profiles.active=share";

	private Group group;

	@BeforeEach
	void ownTopic(EmbeddedKafkaBroker broker) {
		this.group = new Group(broker.getBrokersAsString());
	}

	@AfterEach
	void stopAll() {
		this.group.close();
	}

	@Test
	void twoMembersWorkOnOnePartitionAndNobodyIsIdle(CapturedOutput output) throws Exception {
		this.group.withTopic(1).start("product1", SHARE);
		this.group.start("product2", SHARE);
		String partition = this.group.topic + "-0";
		for (String product : List.of("product1", "product2")) {
			await(product + " reads the partition, and is not alone").untilAsserted(() -> {
				JsonNode assignment = this.group.assignment(product);
				assertThat(assignment.get("partitions").valueStream().map(JsonNode::asString))
					.containsExactly(partition);
				assertThat(assignment.get("note").asString()).contains("nobody owns", "as does 1 other");
				assertThat(assignment.get("protocol").asString()).isEqualTo("share");
				assertThat(assignment.get("epoch").asInt()).isPositive();
				assertThat(assignment.get("idle").asBoolean()).isFalse();
			});
		}
		assertThat(output).contains("product1 reads " + partition + ", as does 1 other (share group: nobody owns");

		List<String> messages = IntStream.range(0, 100).mapToObj((i) -> "order " + i).toList();
		for (String message : messages) {
			this.group.send(order(message));
		}
		await("all is handled, each once")
			.untilAsserted(() -> assertThat(this.group.handled()).containsExactlyInAnyOrderElementsOf(messages));
		assertThat(this.group.events("-handled")).extracting((event) -> event.get("instance").asString())
			.contains("product1", "product2");

		this.group.stop("product2");
		await("it has left, and was not merely missed").atMost(Group.LEAVES)
			.untilAsserted(() -> assertThat(this.group.shareMembers()).containsExactly("product1"));
		await("product1 is alone").untilAsserted(() -> assertThat(output)
			.contains("product1 reads " + partition + ", as does nobody else (share group"));
		await("all changes are published").untilAsserted(() -> assertThat(this.group.events("-rebalances"))
			.extracting((event) -> event.get("type").asString() + " " + event.get("instance").asString())
			.contains("PartitionsAssigned product1", "PartitionsAssigned product2", "PartitionsRevoked product2"));
		assertThat(output).doesNotContain("IDLE").doesNotContain("\tat ");
	}

	@Test
	void handlesWhatWasSentBeforeItsFirstMemberCame(CapturedOutput output) throws Exception {
		this.group.withTopic(1).send(order("early"));
		this.group.start("product1", SHARE);

		await("the early order is handled")
			.untilAsserted(() -> assertThat(this.group.handled()).containsExactly("early"));
		assertThat(output).containsOnlyOnce("product1 has set share.auto.offset.reset=earliest");
	}

	@Test
	void handlesNoOrderOfATransactionThatIsAborted() throws Exception {
		this.group.withTopic(1).sendAborted(order("aborted"));
		this.group.send(order("after"));
		this.group.start("product1", SHARE);

		await("the order after it is handled")
			.untilAsserted(() -> assertThat(this.group.handled()).containsExactly("after"));
	}

	/**
	 * One poll returns all of them, and the last one is handled after 25 s. Their locks
	 * end after 15 s, and are renewed when half of that has passed: time enough for a
	 * machine that is busy.
	 */
	@Test
	void renewsTheLocksOfWhatIsNotHandledYet(CapturedOutput output) throws Exception {
		this.group.withTopic(1).lockFor(Duration.ofSeconds(15));
		List<String> messages = IntStream.rangeClosed(1, 5).mapToObj((i) -> "order " + i).toList();
		this.group.sendAll(Stream.concat(Stream.of("hello world"), messages.stream().map(Group::order)).toList());
		this.group.refuseWrites("-dlt", true);
		this.group.start("product1", SHARE, "--lab.product.handling-time=5s",
				"--spring.kafka.consumer.max-poll-records=6");

		await("the orders are handled").until(() -> this.group.handled().contains("order 5"));
		this.group.refuseWrites("-dlt", false);
		await("the other one, kept meanwhile, is put aside")
			.untilAsserted(() -> assertThat(this.group.records("-dlt")).hasSize(1));
		await("nothing is left").until(this.group::hasAcceptedAll);
		assertThat(this.group.handled()).containsExactlyElementsOf(messages);
		assertThat(output).contains("cannot put partition 0, offset 0 aside")
			.doesNotContain("could not acknowledge")
			.doesNotContain("\tat ");
	}

	@Test
	void readsWhatTheTopicGrowsBy(CapturedOutput output) throws Exception {
		this.group.start("product1", SHARE);
		await("product1 is a member").untilAsserted(() -> assertThat(output).contains("product1 reads nothing"));
		this.group.withTopic(1).send(order("to 0"));
		await("the first is handled").untilAsserted(() -> assertThat(this.group.handled()).containsExactly("to 0"));
		this.group.grow(2);
		this.group.sendTo(1, order("to 1"));

		await("both are handled").untilAsserted(() -> assertThat(this.group.handled()).containsExactly("to 0", "to 1"));
		// product1 asks the coordinator every half second
		await("both are known").untilAsserted(() -> assertThat(this.group.owned("product1"))
			.containsExactly(this.group.topic + "-0", this.group.topic + "-1"));
		await("Prometheus is shown what it has read").untilAsserted(() -> assertThat(this.group.metrics("product1"))
			.anyMatch((line) -> line.startsWith("kafka_consumer_share_fetch_manager_records_consumed_total")
					&& line.endsWith(" 2.0")));
	}

	@Test
	void putsAsideWhatIsNoOrderAndHandlesTheRest(CapturedOutput output) throws Exception {
		this.group.withTopic(1).start("product1", SHARE);
		byte[] key = { (byte) 0xff, 0, 'k' };
		this.group.send(order("before"));
		this.group.send(key, "hello world");
		this.group.send(key, "{}");
		this.group.send(key, null);
		this.group.send(order("after"));

		await("the orders are handled")
			.untilAsserted(() -> assertThat(this.group.handled()).containsExactlyInAnyOrder("before", "after"));
		await("the others are put aside").untilAsserted(() -> assertThat(this.group.records("-dlt"))
			.extracting((record) -> (record.value() != null) ? new String(record.value()) : null)
			.containsExactlyInAnyOrder("hello world", "{}", null));
		List<ConsumerRecord<byte[], byte[]>> deadLetters = this.group.records("-dlt");
		assertThat(deadLetters).allSatisfy((record) -> assertThat(record.key()).isEqualTo(key))
			.extracting((record) -> new String(record.headers().lastHeader("cause").value()))
			.containsExactlyInAnyOrder("it is not JSON (Unrecognized token 'hello')",
					"it is JSON, but not an order (id is missing)", "it has no value");
		assertThat(StringUtils.countOccurrencesOf(output.toString(), "cannot handle")).as("none twice").isEqualTo(3);
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void triesAGoodOrderUntilItsEventCanBePublished(CapturedOutput output) throws Exception {
		int deliveriesThatTheBrokerAllows = 5;
		this.group.withTopic(1).start("product1", SHARE);
		this.group.send(order("before"));
		await("product1 is at work").until(() -> this.group.handled().size() == 1);

		this.group.refuseWrites("-handled", true);
		this.group.send(order("1st-Order"));
		await("it was tried as often as the broker delivers a record")
			.until(() -> StringUtils.countOccurrencesOf(output.toString(),
					"Partition 0, offset 1 is not handled yet") >= deliveriesThatTheBrokerAllows);
		this.group.refuseWrites("-handled", false);

		await("the order is handled by one more attempt")
			.untilAsserted(() -> assertThat(this.group.handled()).endsWith("1st-Order"));
		assertThat(this.group.records("-dlt")).isEmpty();
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void keepsARecordThatCannotBePutAside(CapturedOutput output) throws Exception {
		this.group.withTopic(1).start("product1", SHARE);
		this.group.send(order("before"));
		await("product1 is at work").until(() -> this.group.handled().size() == 1);

		this.group.refuseWrites("-dlt", true);
		this.group.send("hello world");
		await("it was tried twice").until(
				() -> StringUtils.countOccurrencesOf(output.toString(), "cannot put partition 0, offset 1 aside") > 1);
		this.group.refuseWrites("-dlt", false);

		await("it is put aside").untilAsserted(
				() -> assertThat(this.group.records("-dlt")).extracting((record) -> new String(record.value()))
					.containsExactly("hello world"));
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void aMemberOfAConsumerGroupSaysHowToMakeWayForIt(CapturedOutput output) throws Exception {
		this.group.withTopic(1).start("product1", SHARE);
		await("product1 reads").until(() -> !this.group.owned("product1").isEmpty());
		for (String protocol : List.of("consumer", "classic")) {
			String product = "product-" + protocol;
			this.group.start(product, "--spring.profiles.active=" + protocol);
			await(product + " says how").untilAsserted(() -> assertThat(output)
				.containsOnlyOnce(product + " cannot join group " + this.group.name + ", which is a share group")
				.containsPattern("kafka-share-groups --bootstrap-server \\S+ --delete --group " + this.group.name));
		}

		this.group.stop("product1");
		this.group.deleteShareGroup();
		for (String protocol : List.of("consumer", "classic")) {
			await("somebody owns the partition, and the other joined").untilAsserted(
					() -> assertThat(this.group.assignment("product-" + protocol).get("epoch").asInt()).isPositive());
		}
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void saysHowToMakeWayForAShareGroup(CapturedOutput output) throws Exception {
		this.group.withTopic(1).start("product1");
		await("product1 owns the partition").until(() -> this.group.owned("product1").size() == 1);
		this.group.start("product2", SHARE);
		await("product2 says how").untilAsserted(() -> assertThat(output)
			.containsOnlyOnce("product2 cannot join group " + this.group.name + ", which is a consumer group")
			.containsPattern("kafka-consumer-groups --bootstrap-server \\S+ --delete --group " + this.group.name));

		this.group.stop("product1");
		this.group.delete();
		await("product2 reads").until(() -> !this.group.owned("product2").isEmpty());
		assertThat(output).containsOnlyOnce("product2 cannot join").doesNotContain("\tat ");
	}

}
