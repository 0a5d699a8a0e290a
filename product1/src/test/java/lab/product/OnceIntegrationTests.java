package lab.product;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;

import static lab.product.Group.await;
import static lab.product.Group.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Effects that count once, though Kafka delivers an order again: in the database of the
 * profile {@code stock}, and in Kafka under {@code exactly-once}. Protocol
 * {@code consumer} with a heartbeat of 500 ms.
 */
@EmbeddedKafka(brokerProperties = { "group.consumer.heartbeat.interval.ms=500",
		"group.consumer.min.heartbeat.interval.ms=500", "offsets.topic.num.partitions=1",
		"transaction.state.log.num.partitions=1", "transaction.state.log.replication.factor=1",
		"transaction.state.log.min.isr=1", "auto.create.topics.enable=false" })
@ExtendWith(OutputCaptureExtension.class)
class OnceIntegrationTests {

	private static String servers;

	@TempDir
	private Path folder;

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

	/**
	 * One order is in the topic twice. Then both are read again, as after a crash before
	 * the commit, by another instance.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "sqlite", "postgresql" })
	void theStockCountsAnOrderOnceHoweverOftenItIsDelivered(String name) throws Exception {
		try (Database database = Database.named(name, this.folder)) {
			handlesEachOfTwoOrdersTwice(withStock(database));

			assertThat(this.group.events("-handled")).extracting((event) -> event.has("repeated"))
				.containsExactly(false, true, true, true);
			assertThat(this.group.actuator("product2", "stock").toString())
				.isEqualTo("{\"product\":\"product\",\"amount\":99,\"orders\":1}");
			assertThat(this.group.actuator("product2", "health").at("/components/db/status").asString())
				.isEqualTo("UP");
			this.group.stop("product2");
		}
	}

	@Test
	void withoutTheStockEachDeliveryCountsAndThereIsNoDatabase() throws Exception {
		handlesEachOfTwoOrdersTwice();

		assertThat(this.group.events("-handled")).noneMatch((event) -> event.has("repeated"));
		assertThat(this.group.actuator("product2", "health").at("/components").has("db")).isFalse();
		assertThat(this.group.actuator("product2", "stock").get("status").asInt()).isEqualTo(404);
	}

	private void handlesEachOfTwoOrdersTwice(String... settings) throws Exception {
		String order = order("1st-Order");
		this.group.withTopic(1).start("product1", settings);
		this.group.send(order);
		this.group.send(order);
		await("both deliveries are committed").until(() -> this.group.hasCommitted(2));
		this.group.stop("product1");
		this.group.readAgain();
		this.group.start("product2", settings);
		await("both are delivered again").untilAsserted(() -> assertThat(this.group.handled()).hasSize(4));
	}

	/**
	 * The event cannot be published after the stock went down.
	 */
	@Test
	void anOrderThatFailsAfterItsEffectCountsOnce(CapturedOutput output) throws Exception {
		try (Database database = Database.named("sqlite", this.folder)) {
			this.group.withTopic(1).start("product1", withStock(database));
			this.group.refuseWrites("-handled", true);
			this.group.send(order("1st-Order"));
			await("it was tried").until(() -> output.toString().contains("Partition 0, offset 0 is not handled yet"));
			assertThat(this.group.actuator("product1", "stock").get("amount").asInt()).isEqualTo(99);
			this.group.refuseWrites("-handled", false);

			await("the event is published")
				.untilAsserted(() -> assertThat(this.group.events("-handled")).singleElement()
					.satisfies((event) -> assertThat(event.get("repeated").asBoolean()).isTrue()));
			assertThat(this.group.actuator("product1", "stock").get("amount").asInt()).isEqualTo(99);
			this.group.stop("product1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "sqlite", "postgresql" })
	void ordersWaitForADatabaseThatIsAway(String name, CapturedOutput output) throws Exception {
		List<String> messages = IntStream.range(0, 5).mapToObj((i) -> "order " + i).toList();
		try (Database database = Database.named(name, this.folder)) {
			this.group.withTopic(1).start("product1", withStock(database));
			this.group.send(order("before"));
			await("product1 is at work").until(() -> this.group.handled().size() == 1);

			database.goAway();
			this.group.sendAll(messages.stream().map(Group::order).toList());
			await("product1 says so").until(() -> output.toString().contains("The stock's database cannot be used ("));
			JsonNode stock = this.group.actuator("product1", "stock");
			if (name.equals("postgresql")) {
				assertThat(stock.get("status").asInt()).isEqualTo(503);
				assertThat(this.group.actuator("product1", "health").at("/components/db/status").asString())
					.isEqualTo("DOWN");
			}
			database.comeBack();

			await("all are handled").untilAsserted(() -> assertThat(this.group.handled())
				.containsExactlyElementsOf(Stream.concat(Stream.of("before"), messages.stream()).toList()));
			assertThat(this.group.actuator("product1", "stock").get("amount").asInt()).isEqualTo(94);
			assertThat(this.group.records("-dlt")).isEmpty();
			assertThat(output).containsOnlyOnce("The stock's database cannot be used (")
				.containsOnlyOnce("The stock's database is back.")
				.doesNotContain("is not handled yet", "\tat ");
			this.group.stop("product1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "share,stock", "exactly-once,share" })
	void aShareGroupRefusesWhatCountsOnce(String profiles, CapturedOutput output) {
		assertThatException().isThrownBy(() -> this.group.start("product1", "--spring.profiles.active=" + profiles));

		assertThat(output)
			.contains("Invalid value '" + profiles + "' for configuration property 'spring.profiles.active'")
			.contains("stock and exactly-once are for consumer groups")
			.doesNotContain("\tat ");
	}

	/**
	 * product1 takes longer for its orders than it may between two polls, and the group
	 * gives the partition to product2. It publishes the event of the order in hand, but
	 * cannot commit it.
	 */
	@Test
	void aZombieCommitsNoEventAndNoOffset(CapturedOutput output) throws Exception {
		this.group.withTopic(1)
			.start("product1", "--spring.profiles.active=exactly-once", "--lab.product.handling-time=5s",
					"--spring.kafka.consumer.max-poll-records=4",
					"--spring.kafka.consumer.properties[max.poll.interval.ms]=4000");
		await("product1 owns the partition").until(() -> this.group.owned("product1").size() == 1);
		this.group.start("product2", "--spring.profiles.active=exactly-once");
		List<String> messages = IntStream.range(0, 20).mapToObj((i) -> "order " + i).toList();
		this.group.sendAll(messages.stream().map(Group::order).toList());

		await("product1 has lost the partition")
			.until(() -> output.toString().contains("product1 was removed from the group and lost"));
		await("all offsets are committed").until(() -> this.group.hasCommitted(messages.size()));
		assertThat(this.group.handled()).as("each order once").containsExactlyElementsOf(messages);
		assertThat(this.group.written("-handled")).as("product1 has published one, too")
			.hasSizeGreaterThan(messages.size());
		assertThat(this.group.commits()).isSorted();
		assertThat(this.group.records("-dlt")).isEmpty();
		assertThat(output).doesNotContain("\tat ");
	}

	/**
	 * A process that died left its transaction open, here for 15 minutes.
	 */
	@Test
	void aNewProcessEndsTheTransactionThatItsPredecessorLeftOpen() throws Exception {
		this.group.withTopic(1).withTopic("-handled", Map.of());
		try (var open = this.group.leaveOpen(this.group.name + "-product1-0", "-handled")) {
			this.group.start("product1", "--spring.profiles.active=exactly-once");
			this.group.send(order("1st-Order"));

			Awaitility.await("a reader of committed events sees it")
				.atMost(Duration.ofMinutes(1))
				.untilAsserted(() -> assertThat(this.group.handled()).containsExactly("1st-Order"));
		}
	}

	/**
	 * Two partitions in one poll, so that what fails in one must not skip orders of the
	 * other.
	 */
	@Test
	void aDeadLetterAndItsOffsetAreOneTransactionAndTheRestIsHandledOnce(CapturedOutput output) throws Exception {
		this.group.withTopic(2);
		for (int i = 0; i < 3; i++) {
			this.group.sendTo(0, "hello " + i);
			this.group.sendTo(0, order("P0 " + i));
			this.group.sendTo(1, order("P1 " + i));
			this.group.sendTo(1, "{}");
		}
		this.group.refuseWrites("-dlt", true);
		this.group.start("product1", "--spring.profiles.active=exactly-once");
		await("a dead letter cannot be published").until(() -> output.toString().contains(" aside in "));
		this.group.refuseWrites("-dlt", false);

		await("all is committed").until(() -> this.group.hasCommitted(6));
		await("all orders are handled").untilAsserted(() -> assertThat(this.group.handled())
			.containsExactlyInAnyOrder("P0 0", "P0 1", "P0 2", "P1 0", "P1 1", "P1 2"));
		await("all else is put aside").untilAsserted(
				() -> assertThat(this.group.records("-dlt")).extracting((record) -> new String(record.value()))
					.containsExactlyInAnyOrder("hello 0", "hello 1", "hello 2", "{}", "{}", "{}"));
		await("rebalances are published, too").until(() -> !this.group.records("-rebalances").isEmpty());
		assertThat(output).doesNotContain("\tat ");
	}

	/**
	 * The event is refused until the order was tried a second time.
	 */
	@Test
	void anOrderThatFailsIsHandledOnceUnderBothProfiles(CapturedOutput output) throws Exception {
		try (Database database = Database.named("sqlite", this.folder)) {
			this.group.withTopic(1)
				.start("product1",
						Stream
							.concat(Stream.of("--spring.profiles.active=stock,exactly-once"),
									Stream.of(database.settings()))
							.toArray(String[]::new));
			this.group.refuseWrites("-handled", true);
			this.group.sendAll(List.of(order("1st-Order"), order("2nd-Order")));
			await("it was tried").until(() -> output.toString().contains("Partition 0, offset 0 is not handled yet"));
			this.group.refuseWrites("-handled", false);

			await("both are committed").until(() -> this.group.hasCommitted(2));
			assertThat(this.group.handled()).containsExactly("1st-Order", "2nd-Order");
			assertThat(this.group.actuator("product1", "stock").get("amount").asInt()).isEqualTo(98);
			assertThat(this.group.records("-dlt")).isEmpty();
			this.group.stop("product1");
		}
		assertThat(output).doesNotContain("\tat ");
	}

	private static String[] withStock(Database database) {
		return Stream.concat(Stream.of("--spring.profiles.active=stock"), Stream.of(database.settings()))
			.toArray(String[]::new);
	}

}
