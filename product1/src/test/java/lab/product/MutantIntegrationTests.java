package lab.product;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;

import static lab.product.Group.await;
import static lab.product.Group.order;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each {@link Mutant} is found by the guarantee that it breaks, and nothing is found
 * without one. Protocol {@code consumer} with a heartbeat of 500 ms.
 */
@EmbeddedKafka(brokerProperties = { "group.consumer.heartbeat.interval.ms=500",
		"group.consumer.min.heartbeat.interval.ms=500", "offsets.topic.num.partitions=1",
		"transaction.state.log.num.partitions=1", "transaction.state.log.replication.factor=1",
		"transaction.state.log.min.isr=1", "auto.create.topics.enable=false" })
@ExtendWith(OutputCaptureExtension.class)
class MutantIntegrationTests {

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
	 * product1 starts behind an order, gets a record that is no order, and is stopped
	 * with an order in hand whose event cannot be published. product2 takes over.
	 */
	@ParameterizedTest
	@EnumSource(names = { "NONE", "COMMIT_BEFORE_HANDLING", "LATEST", "EXCEPTION_SWALLOWED", "DEAD_LETTER_SKIPPED" })
	void aProductIsStoppedWithAnOrderInHand(Mutant mutant) throws Exception {
		this.group.withTopic(1).send(order("before"));
		this.group.start("product1", mutant.settings());
		await("product1 owns the partition").until(() -> this.group.owned("product1").size() == 1);
		this.group.send("hello world");
		this.group.refuseWrites("-handled", true);
		await("product1 has an order in hand").until(() -> {
			this.group.send(order("in hand"));
			return this.group.hasRefusedWrites("-handled");
		});
		this.group.stop("product1");
		this.group.refuseWrites("-handled", false);

		this.group.start("product2", mutant.settings());
		await("product2 handles orders").until(() -> {
			this.group.send(order("after"));
			return this.group.handled().contains("after");
		});
		mutant.assertBreaks(this.group, Guarantee.HANDLED, Guarantee.COMMITS, Guarantee.DEAD_LETTERED, Guarantee.OWNED);
	}

	/**
	 * product1 polls four orders, has fetched the others, and takes longer than it may
	 * between two polls. The group gives the partition to product2. Then product1 joins
	 * again.
	 */
	@ParameterizedTest
	@EnumSource(names = { "NONE", "LOST_PARTITION_HANDLED", "COMMIT_AFTER_LOSS" })
	void aProductIsTooSlowAndLosesItsPartition(Mutant mutant) throws Exception {
		int orders = 12;
		this.group.withTopic(1).sendAll(IntStream.range(0, orders).mapToObj((i) -> order("order " + i)).toList());
		this.group.start("product1",
				mutant.settings("--lab.product.handling-time=5s", "--spring.kafka.consumer.max-poll-records=4",
						"--spring.kafka.consumer.properties[max.poll.interval.ms]=2000"));
		await("product1 owns the partition").until(() -> this.group.owned("product1").size() == 1);
		this.group.start("product2");
		try (var held = HeldWhenPartitionsAreLost.install()) {
			await("product2 has handled all").until(() -> this.group.commits().contains((long) orders));
			this.group.post("product1", "handling", "{\"handlingMs\":0}");
			await("product1 has lost the partition and joined again").untilAsserted(() -> {
				JsonNode assignment = this.group.assignment("product1");
				JsonNode last = assignment.get("recent").get(0);
				assertThat(last.get("type").asString()).isEqualTo("PartitionsLost");
				assertThat(assignment.get("epoch").asInt()).isGreaterThan(last.get("epoch").asInt());
			});
		}
		this.group.send(order("last"));
		mutant.assertBreaks(this.group, Guarantee.HANDLED, Guarantee.COMMITS, Guarantee.OWNED);
	}

	/**
	 * The database refuses the new stock when the order's id is written already.
	 */
	@ParameterizedTest
	@EnumSource(names = { "NONE", "INSERT_OUTSIDE_TRANSACTION" })
	void theStockCannotBeChanged(Mutant mutant, CapturedOutput output) throws Exception {
		Path file = this.folder.resolve("stock.db");
		this.group.withTopic(1)
			.start("product1", mutant.settings("--spring.profiles.active=stock", "--lab.stock.file=" + file,
					"--lab.stock.amount=" + Guarantee.STOCK));
		execute(file,
				"create trigger refusal before update on product_stock begin select raise(abort, 'refused'); end");
		this.group.send(order("1st-Order"));
		await("the order was tried").until(() -> output.toString().contains("The stock's database cannot be used ("));
		execute(file, "drop trigger refusal");

		this.group.send(order("2nd-Order"));
		mutant.assertBreaks(this.group, Guarantee.HANDLED, Guarantee.COMMITS, Guarantee.COUNTED_ONCE);
	}

	/**
	 * product1 dies in a transaction, and is started again.
	 */
	@ParameterizedTest
	@EnumSource(names = { "NONE", "RANDOM_TRANSACTIONAL_ID" })
	void aProductDiesInATransaction(Mutant mutant) throws Exception {
		String[] settings = mutant.settings("--spring.profiles.active=exactly-once");
		Set<String> others = this.group.transactionalIds();
		this.group.withTopic(1).start("product1", settings);
		this.group.send(order("1st-Order"));
		await("product1 has handled an order").until(() -> this.group.handled().size() == 1);
		Set<String> ids = new HashSet<>(this.group.transactionalIds());
		ids.removeAll(others);
		assertThat(ids).hasSize(1);
		this.group.stop("product1");

		try (var died = this.group.leaveOpen(ids.iterator().next(), "-handled")) {
			this.group.start("product1", settings);
			this.group.send(order("2nd-Order"));
			mutant.assertBreaks(this.group, Guarantee.HANDLED, Guarantee.COMMITS, Guarantee.SEEN_ONCE);
		}
	}

	private static void execute(Path database, String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
