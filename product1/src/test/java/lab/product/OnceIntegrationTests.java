package lab.product;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
 * profile {@code stock}. Protocol
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

	private static String[] withStock(Database database) {
		return Stream.concat(Stream.of("--spring.profiles.active=stock"), Stream.of(database.settings()))
			.toArray(String[]::new);
	}

}
