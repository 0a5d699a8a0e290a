package lab.product;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
 * Instances of the service against a broker in this JVM, under the protocol
 * {@code consumer} (KIP-848) with a heartbeat of 500 ms and Kafka's session of 45 s: what
 * happens sooner happens because a member said so, not because it was missed.
 */
@EmbeddedKafka(
		brokerProperties = { "group.consumer.heartbeat.interval.ms=500", "group.consumer.min.heartbeat.interval.ms=500",
				"offsets.topic.num.partitions=1", "auto.create.topics.enable=false" })
@ExtendWith(OutputCaptureExtension.class)
class ProductIntegrationTests {

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
	void handlesAnOrderAndSaysSo(CapturedOutput output) throws Exception {
		this.group.withTopic(1).start("product1");
		this.group.send("alice".getBytes(), """
				{"id":"6f0d7c1e-8a55-4a5a-9a39-1f3c2c9b0d11","message":"1st-Order","customerId":"alice",\
				"placedAt":"2026-11-20T10:00:00Z","addedLater":true}""");

		await("the order is handled")
			.untilAsserted(() -> assertThat(this.group.handled()).containsExactly("1st-Order"));
		ConsumerRecord<byte[], byte[]> handled = this.group.records("-handled").get(0);
		assertThat(handled.key()).asString().isEqualTo("6f0d7c1e-8a55-4a5a-9a39-1f3c2c9b0d11");
		assertThat(handled.headers()).isEmpty();
		JsonNode event = this.group.events("-handled").get(0);
		assertThat(event.get("instance").asString()).isEqualTo("product1");
		assertThat(event.get("partition").asInt()).isZero();
		assertThat(event.get("offset").asInt()).isZero();
		await("the line is written").untilAsserted(() -> assertThat(output)
			.containsOnlyOnce("product1 handled \"1st-Order\": partition 0, offset 0, key alice"));
	}

	@Test
	void showsPrometheusTheLagOfWhatItOwns() throws Exception {
		this.group.withTopic(1).start("product1");
		this.group.send(order("1st-Order"));
		lagIsShownOf("0");

		this.group.grow(2);
		lagIsShownOf("1");
		assertThat(this.group.metrics("product1")).anyMatch((line) -> line.startsWith("spring_kafka_listener_seconds"))
			.anyMatch((line) -> line.startsWith("kafka_producer_record_send_total"))
			.anyMatch((line) -> line.startsWith("kafka_consumer_coordinator_rebalance_total"));
	}

	private void lagIsShownOf(String partition) {
		await("the lag of partition " + partition + " is shown")
			.untilAsserted(() -> assertThat(this.group.metrics("product1"))
				.anyMatch((line) -> line.startsWith("kafka_consumer_fetch_manager_records_lag{")
						&& line.contains("partition=\"%s\"".formatted(partition)) && line.endsWith(" 0.0")));
	}

	@Test
	void takesAsLongOnTopAsItIsTold() throws Exception {
		Duration handlingTime = Duration.ofMillis(200);
		this.group.withTopic(1).start("product1", "--lab.product.handling-time=" + handlingTime.toMillis() + "ms");
		this.group.send(order("1st-Order"));
		this.group.send(order("2nd-Order"));

		await("both are handled")
			.untilAsserted(() -> assertThat(this.group.handled()).containsExactly("1st-Order", "2nd-Order"));
		List<Instant> handledAt = this.group.events("-handled")
			.stream()
			.map((event) -> Instant.parse(event.get("handledAt").asString()))
			.toList();
		assertThat(Duration.between(handledAt.get(0), handledAt.get(1))).isGreaterThanOrEqualTo(handlingTime);
	}

	@Test
	void takesAnotherTimeAtOnceWhenItIsTold() throws Exception {
		this.group.withTopic(1).start("product1", "--lab.product.handling-time=5s");
		assertThat(this.group.actuator("product1", "handling").get("handlingMs").asInt()).isEqualTo(5000);
		List<String> messages = IntStream.range(0, 30).mapToObj((i) -> "order " + i).toList();
		this.group.sendAll(messages.stream().map(Group::order).toList());
		awaitOrderInHandOf("product1");
		assertThat(this.group.handled()).hasSizeLessThan(messages.size());

		assertThat(this.group.post("product1", "handling", "{\"handlingMs\":0}")).startsWith("200 ")
			.contains("\"instance\":\"product1\"", "\"handlingMs\":0");
		await("all are handled, although 5 s for each would be 150 s")
			.untilAsserted(() -> assertThat(this.group.handled()).containsExactlyElementsOf(messages));
		assertThat(this.group.actuator("product1", "handling").get("handlingMs").asInt()).isZero();
	}

	@Test
	void refusesATimeThatIsNone() {
		this.group.start("product1", "--lab.product.handling-time=7ms");

		for (String time : List.of("-1", "5001", "60000", "1.5", "\"slow\"", "null", "[1]", "")) {
			String body = time.isEmpty() ? "{}" : "{\"handlingMs\":%s}".formatted(time);
			assertThat(this.group.post("product1", "handling", body)).as(body)
				.startsWith("400 ")
				.contains("\"detail\":");
		}
		assertThat(this.group.post("product1", "handling", "{\"handlingMs\":5001}"))
			.contains("in milliseconds, from 0 to 5000 ");
		assertThat(this.group.actuator("product1", "handling").get("handlingMs").asInt()).isEqualTo(7);
	}

	@Test
	void leavesAtOnceHoweverSlowItIs() throws Exception {
		List<String> messages = IntStream.range(0, 30).mapToObj((i) -> "order " + i).toList();
		this.group.withTopic(1).start("product1", "--lab.product.handling-time=5s");
		this.group.sendAll(messages.stream().map(Group::order).toList());
		awaitOrderInHandOf("product1");
		this.group.stop("product1");

		await("it has left, and was not merely missed").atMost(Group.LEAVES)
			.untilAsserted(() -> assertThat(this.group.members()).isEmpty());
		assertThat(this.group.handled()).as("those in hand").hasSizeLessThan(messages.size());
		this.group.start("product2");
		await("product2 does the rest")
			.untilAsserted(() -> assertThat(this.group.handled()).containsExactlyElementsOf(messages));
	}

	private void awaitOrderInHandOf(String instance) {
		await(instance + " has read an order").untilAsserted(() -> assertThat(this.group.metrics(instance))
			.anyMatch((line) -> line.startsWith("kafka_consumer_fetch_manager_records_consumed_total{")
					&& !line.endsWith(" 0.0")));
	}

	@Test
	void tellsWhatItOwns() throws Exception {
		this.group.withTopic(2).start("product1");

		await("both partitions are owned").untilAsserted(() -> assertThat(this.group.owned("product1"))
			.containsExactly(this.group.topic + "-0", this.group.topic + "-1"));
		JsonNode assignment = this.group.assignment("product1");
		assertThat(assignment.get("instance").asString()).isEqualTo("product1");
		assertThat(assignment.get("protocol").asString()).isEqualTo("consumer");
		assertThat(assignment.get("epoch").asInt()).isPositive();
		assertThat(assignment.get("idle").asBoolean()).isFalse();
		assertThat(assignment.get("recent").get(0).get("type").asString()).isEqualTo("PartitionsAssigned");
		assertThat(this.group.members()).containsExactly("product1");
		await("the assignment is published")
			.untilAsserted(() -> assertThat(this.group.records("-rebalances")).last().satisfies((record) -> {
				assertThat(record.key()).asString().isEqualTo("product1");
				assertThat(record.value()).asString(StandardCharsets.UTF_8)
					.startsWith("{\"type\":\"PartitionsAssigned\",\"instance\":\"product1\"");
			}));
	}

	@Test
	void putsAsideWhatIsNoOrderAndHandlesTheRest(CapturedOutput output) throws Exception {
		List<String> poison = List.of("hello world", "{}", "\"a string\"", "123", "null", "[]", "{\"id\":\"x", "",
				"{\"id\":\"6f0d7c1e-8a55-4a5a-9a39-1f3c2c9b0d11\",\"placedAt\":\"2026-11-20T10:00:00Z\"}");
		byte[] key = { (byte) 0xff, 0, 'k' };
		this.group.withTopic(1).send(order("first"));
		for (int i = 0; i < poison.size(); i++) {
			this.group.send(key, poison.get(i));
			this.group.send(order("after " + i));
		}
		this.group.send(key, null);
		this.group.send(order("last"));
		this.group.start("product1");

		await("the last order is handled").untilAsserted(() -> assertThat(this.group.handled()).endsWith("last"));
		assertThat(this.group.handled()).hasSize(poison.size() + 2).doesNotHaveDuplicates();
		List<ConsumerRecord<byte[], byte[]>> deadLetters = this.group.records("-dlt");
		assertThat(deadLetters).extracting((record) -> (record.value() != null) ? new String(record.value()) : null)
			.startsWith(poison.toArray(String[]::new))
			.endsWith((String) null)
			.hasSize(poison.size() + 1);
		assertThat(deadLetters).allSatisfy((record) -> {
			assertThat(record.key()).isEqualTo(key);
			assertThat(record.headers().lastHeader("cause").value()).isNotEmpty();
			assertThat(record.headers().lastHeader("kafka_dlt-original-topic").value()).asString()
				.isEqualTo(this.group.topic);
		});
		assertThat(deadLetters.get(0).headers().lastHeader("cause").value()).asString()
			.isEqualTo("it is not JSON (Unrecognized token 'hello')");
		assertThat(output)
			.containsOnlyOnce(
					"product1 cannot handle partition 0, offset 1: it is not JSON (Unrecognized token 'hello')."
							+ " It is in " + this.group.topic + "-dlt now.")
			.doesNotContain("\tat ");
		assertThat(StringUtils.countOccurrencesOf(output.toString(), "cannot handle")).isEqualTo(poison.size() + 1);
	}

	/**
	 * The largest record that the broker takes is put aside whole, headers and all.
	 */
	@Test
	void putsAsideTheLargestRecord() throws Exception {
		String largest = "x".repeat(1_048_400);
		this.group.withTopic(1).send(largest);
		this.group.send(order("after"));
		this.group.start("product1");

		await("the order after it is handled")
			.untilAsserted(() -> assertThat(this.group.handled()).containsExactly("after"));
		assertThat(this.group.records("-dlt")).singleElement()
			.satisfies((record) -> assertThat(record.value()).asString().isEqualTo(largest));
	}

	@Test
	void saysWhereARecordIsThatTheDeadLetterTopicDoesNotTake() throws Exception {
		this.group.withTopic("-dlt", Map.of("max.message.bytes", "2000")).withTopic(1);
		this.group.send("key".getBytes(), "x".repeat(5000));
		this.group.send(new byte[5000], "not JSON");
		this.group.send(order("after"));
		this.group.start("product1");

		await("the order after them is handled")
			.untilAsserted(() -> assertThat(this.group.handled()).containsExactly("after"));
		List<ConsumerRecord<byte[], byte[]>> deadLetters = this.group.records("-dlt");
		assertThat(deadLetters).hasSize(2).allSatisfy((record) -> {
			assertThat(record.value()).isNull();
			assertThat(record.headers().lastHeader("cause").value()).asString().startsWith("it is not JSON");
		});
		assertThat(deadLetters.get(0).key()).asString().isEqualTo("key");
		assertThat(deadLetters).extracting((record) -> new String(record.headers().lastHeader("omitted").value()))
			.containsExactly(
					"a value of 5000 bytes, too large for this topic; it is in %s-0 at offset 0"
						.formatted(this.group.topic),
					"a value of 8 bytes, too large for this topic; it is in %s-0 at offset 1"
						.formatted(this.group.topic));
	}

	@Test
	void handlesNoOrderOfATransactionThatIsAborted() throws Exception {
		this.group.withTopic(1).sendAborted(order("aborted"));
		this.group.send(order("after"));
		this.group.start("product1");

		await("the order after it is handled")
			.untilAsserted(() -> assertThat(this.group.handled()).containsExactly("after"));
	}

	@Test
	void saysThatItIsIdleAndWorksOnceTheTopicHasGrown(CapturedOutput output) throws Exception {
		this.group.withTopic(1).start("product1");
		await("product1 owns the partition").until(() -> this.group.owned("product1").size() == 1);
		this.group.start("product2");

		await("product2 knows that it is idle").until(() -> this.group.assignment("product2").get("idle").asBoolean());
		assertThat(this.group.assignment("product2").get("reason").asString())
			.contains("has 2 members and " + this.group.topic + " 1 partition");
		assertThat(this.group.members()).containsExactly("product1", "product2");
		assertThat(output).containsOnlyOnce("product2 is IDLE").doesNotContain("product1 is IDLE");

		this.group.grow(2);
		await("each owns one partition").untilAsserted(() -> {
			assertThat(this.group.owned("product1")).hasSize(1);
			assertThat(this.group.owned("product2")).hasSize(1)
				.doesNotContainAnyElementsOf(this.group.owned("product1"));
		});
		assertThat(this.group.assignment("product2").get("idle").asBoolean()).isFalse();
		this.group.sendTo(0, order("to 0"));
		this.group.sendTo(1, order("to 1"));
		await("both work").untilAsserted(
				() -> assertThat(this.group.events("-handled")).extracting((event) -> event.get("instance").asString())
					.containsExactlyInAnyOrder("product1", "product2"));
	}

	@Test
	void waitsForATopicThatDoesNotExistYet(CapturedOutput output) throws Exception {
		this.group.start("product1");
		await("product1 says what it waits for")
			.untilAsserted(() -> assertThat(output).contains("topic " + this.group.topic + " does not exist yet"));

		this.group.withTopic(1).send(order("1st-Order"));
		await("the order is handled")
			.untilAsserted(() -> assertThat(this.group.handled()).containsExactly("1st-Order"));
	}

	@Test
	void leavesAtOnceInTheMiddleOfItsWorkAndNothingIsLostOrRepeated() throws Exception {
		this.group.withTopic(1);
		List<String> messages = IntStream.range(0, 2000).mapToObj((i) -> "order " + i).toList();
		this.group.sendAll(messages.stream().map(Group::order).toList());
		this.group.start("product1");
		await("product1 is at work").until(() -> !this.group.handled().isEmpty());
		this.group.stop("product1");
		int handledByFirst = this.group.handled().size();

		await("it has left, and was not merely missed").atMost(Group.LEAVES)
			.untilAsserted(() -> assertThat(this.group.members()).isEmpty());
		assertThat(handledByFirst).as("it stopped in the middle").isLessThan(messages.size());
		this.group.start("product2");
		await("product2 does the rest").untilAsserted(() -> assertThat(this.group.handled()).endsWith("order 1999"));
		assertThat(this.group.handled()).containsExactlyElementsOf(messages);
		assertThat(this.group.events("-rebalances"))
			.extracting((event) -> event.get("type").asString() + " " + event.get("instance").asString())
			.contains("PartitionsRevoked product1", "PartitionsAssigned product2");
	}

	/**
	 * product1 takes longer for four orders than it may between two polls. It has fetched
	 * the others of the partition too when the group gives them to product2. Kafka's
	 * background thread is slow to let go of them.
	 */
	@Test
	void handlesAndCommitsNothingOfAPartitionThatItHasLost() throws Exception {
		this.group.withTopic(1)
			.start("product1", "--lab.product.handling-time=5s", "--spring.kafka.consumer.max-poll-records=4",
					"--spring.kafka.consumer.properties[max.poll.interval.ms]=5000");
		await("product1 owns the partition").until(() -> this.group.owned("product1").size() == 1);
		this.group.start("product2");
		await("product2 has joined").until(() -> this.group.members().size() == 2);
		await("product1 owns the partition").until(() -> this.group.owned("product1").size() == 1);
		int orders = 60;
		try (var held = HeldWhenPartitionsAreLost.install()) {
			this.group.sendAll(IntStream.range(0, orders).mapToObj((i) -> order("order " + i)).toList());

			await("product1 says what is so while it handles its orders")
				.untilAsserted(() -> assertThat(this.group.assignment("product1").path("note").asString())
					.contains("the group has taken " + this.group.topic + "-0 away"));
			await("product2 has done the rest").until(() -> this.group.commits().contains((long) orders));
			// so that product1 stays in the group from now on
			this.group.post("product1", "handling", "{\"handlingMs\":100}");
			await("product1 has joined again, and owns nothing").untilAsserted(() -> {
				assertThat(this.group.members()).containsExactly("product1", "product2");
				JsonNode assignment = this.group.assignment("product1");
				assertThat(assignment.get("recent").get(0).get("type").asString()).isEqualTo("PartitionsLost");
				assertThat(assignment.get("epoch").asInt())
					.isGreaterThan(assignment.get("recent").get(0).get("epoch").asInt());
			});
		}
		this.group.send(order("last"));
		await("the last one is handled").until(() -> this.group.commits().contains((long) orders + 1));
		assertThat(this.group.commits()).isSorted();
		Instant lost = Instant.parse(this.group.assignment("product1").get("recent").get(0).get("at").asString());
		assertThat(this.group.events("-handled"))
			.filteredOn((event) -> event.get("instance").asString().equals("product1"))
			.hasSizeLessThanOrEqualTo(4)
			.allSatisfy((event) -> assertThat(Instant.parse(event.get("handledAt").asString())).isBefore(lost));
	}

	@Test
	void triesAGoodOrderUntilItsEventCanBePublished(CapturedOutput output) throws Exception {
		this.group.withTopic(1).start("product1");
		this.group.send(order("before"));
		await("product1 is at work").until(() -> this.group.handled().size() == 1);

		this.group.refuseWrites("-handled", true);
		this.group.send(order("1st-Order"));
		await("it was tried as often as a record that is to blame").until(() -> StringUtils
			.countOccurrencesOf(output.toString(), "Partition 0, offset 1 is not handled yet") >= 3);
		this.group.refuseWrites("-handled", false);

		await("the order is handled by one more attempt")
			.untilAsserted(() -> assertThat(this.group.handled()).endsWith("1st-Order"));
		assertThat(this.group.records("-dlt")).isEmpty();
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void keepsARecordThatCannotBePutAside(CapturedOutput output) throws Exception {
		this.group.withTopic(1).start("product1");
		this.group.send(order("before"));
		await("product1 is at work").until(() -> this.group.handled().size() == 1);

		this.group.refuseWrites("-dlt", true);
		this.group.send("hello world");
		this.group.send(order("after"));
		await("it was tried twice").until(
				() -> StringUtils.countOccurrencesOf(output.toString(), "cannot put partition 0, offset 1 aside") > 1);
		this.group.refuseWrites("-dlt", false);

		await("the order after it is handled").untilAsserted(() -> assertThat(this.group.handled()).endsWith("after"));
		assertThat(this.group.records("-dlt")).extracting((record) -> new String(record.value()))
			.containsExactly("hello world");
		assertThat(output).doesNotContain("\tat ");
	}

}
