package lab.console.fault;

import java.util.List;
import java.util.stream.Stream;

import lab.console.events.OrderHandled;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.instance.Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static lab.console.fault.TestLab.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the lab shows of a group under each of the other protocols, on a real broker with
 * the real services; {@link ConsumerGroupScenarios} does it for {@code consumer}.
 * <p>
 * For each protocol: a new topic with one partition and a new group; start order,
 * product1 and product2; await the assignment, and the idle member; grow the topic to two
 * partitions; await that both work; kill product1 while orders are placed; await that
 * product2 takes over; verify the guarantees over every order that was answered with 201.
 */
class ProtocolIntegrationTests {

	/**
	 * Kafka's defaults are 5 minutes and 3 s.
	 */
	private static final List<String> QUICK = Stream.of("metadata.max.age.ms]=1000", "heartbeat.interval.ms]=500")
		.map("--spring.kafka.consumer.properties["::concat)
		.toList();

	/**
	 * Kafka's default is 45 s; the broker accepts no less than 6 s.
	 */
	private static final String SHORT_SESSION = "--spring.kafka.consumer.properties[session.timeout.ms]=6000";

	private static BrokerProcess broker;

	private TestLab lab;

	/**
	 * A protocol, and what a group under it promises.
	 */
	private enum Promise {

		CLASSIC("Classic", "classic", new OneOwnerPerPartition(), new KeyOrder()),

		COOPERATIVE("Classic", "classic", new OneOwnerPerPartition(), new KeyOrder()),

		/** A member that is back within its session causes no rebalance. */
		STATIC("Classic", "classic", new OneOwnerPerPartition(), new KeyOrder()),

		/** No member is idle, and the orders of a key are not in order. */
		SHARE("Share", "share", new EveryMemberReads());

		private final String groupType;

		private final String ownName;

		private final AssignmentGuarantee assignment;

		private final Guarantee[] order;

		Promise(String groupType, String ownName, AssignmentGuarantee assignment, Guarantee... order) {
			this.groupType = groupType;
			this.ownName = ownName;
			this.assignment = assignment;
			this.order = order;
		}

		private Protocol protocol() {
			return Protocol.valueOf(name());
		}

		/**
		 * The session of product1, which is killed, is short; that of a static product2
		 * outlasts its restart.
		 */
		private List<String> settings(String product) {
			if (this == SHARE) {
				return List.of();
			}
			return (this == STATIC && product.equals("product2")) ? QUICK
					: Stream.concat(QUICK.stream(), Stream.of(SHORT_SESSION)).toList();
		}

		private boolean owners() {
			return this != SHARE;
		}

	}

	@BeforeAll
	static void startBroker() throws Exception {
		broker = BrokerProcess.start("ProtocolIntegrationTests/broker");
	}

	@AfterAll
	static void stopBroker() throws Exception {
		if (broker != null) {
			broker.close();
		}
	}

	@AfterEach
	void stopLab() throws Exception {
		if (this.lab != null) {
			this.lab.close();
		}
	}

	@ParameterizedTest
	@EnumSource
	void theWalk(Promise promise) throws Exception {
		open(promise.protocol().toString());
		this.lab.use(promise.protocol(), promise::settings);
		this.lab.start("order", "product1", "product2");
		awaitAssignment(promise, 1, 2);
		assertThat(this.lab.snapshot().protocol()).isEqualTo(promise.groupType);
		assertThat(this.lab.assignment("product1").path("protocol").asString()).isEqualTo(promise.ownName);
		if (promise.owners()) {
			String idle = this.lab.snapshot()
				.members()
				.stream()
				.filter(Member::idle)
				.findFirst()
				.orElseThrow()
				.clientId();
			await("the idle member logs it", () -> assertThat(this.lab.log(idle))
				.containsPattern(idle + " is IDLE: .* has 2 members and .* 1 partition "));
		}

		this.lab.scaleTo(2);
		awaitAssignment(promise, 2, 2);
		this.lab.awaitOrderUses(2);
		await("both work", () -> {
			this.lab.place("for both", null);
			assertThat(this.lab.handled()).extracting(OrderHandled::instance).contains("product1", "product2");
		});
		this.lab.awaitGuarantees(new HandledOnce());

		if (promise == Promise.STATIC) {
			restartCostsTheOtherNothing(promise);
		}
		this.lab.whilePlacingOrders(() -> {
			this.lab.kill("product1");
			awaitAssignment(promise, 2, 1);
		});
		this.lab.awaitGuarantees(new AtLeastOnce());
		this.lab.awaitGuarantees(promise.order);
		if (!promise.owners()) {
			assertThat(this.lab.log("product1") + this.lab.log("product2")).doesNotContain("IDLE");
		}
	}

	/**
	 * Two partitions, two static members; one is stopped and started again within its
	 * session: it gets its partition back, and the other member sees no rebalance.
	 */
	private void restartCostsTheOtherNothing(Promise promise) throws Exception {
		String before = rebalances("product1");
		String had = this.lab.assignment("product2").path("partitions").toString();
		this.lab.stop("product2");
		this.lab.start("product2");
		await("product2 has what it had",
				() -> assertThat(this.lab.assignment("product2").path("partitions")).hasToString(had));
		awaitAssignment(promise, 2, 2);
		assertThat(rebalances("product1")).as("rebalances of product1").isEqualTo(before);
	}

	/**
	 * Two partitions, two members, orders all the time; the group changes from the
	 * classic protocol to KIP-848. Stop one product and start it again under the profile
	 * {@code consumer}; wait until every partition has its owner again; then the next
	 * one. With its first member under {@code consumer} the group becomes a consumer
	 * group: from then on the coordinator computes the assignment, also for the members
	 * that still use the classic protocol. <pre>
	 * ./lab stop product1
	 * ./lab start product1 --protocol consumer
	 * ./lab stop product2
	 * ./lab start product2
	 * </pre> The assignor of the old protocol must be one of Kafka's own. A client under
	 * {@code consumer} must not set {@code session.timeout.ms},
	 * {@code heartbeat.interval.ms} or {@code partition.assignment.strategy}.
	 */
	@Test
	void theProtocolIsChangedWhileOrdersArePlaced() throws Exception {
		open("rolling");
		this.lab.use(Protocol.CLASSIC, Promise.CLASSIC::settings);
		this.lab.start("order", "product1", "product2");
		awaitAssignment(Promise.CLASSIC, 1, 2);
		this.lab.scaleTo(2);
		awaitAssignment(Promise.CLASSIC, 2, 2);
		this.lab.awaitOrderUses(2);
		this.lab.whilePlacingOrders(() -> {
			this.lab.use(Protocol.CONSUMER, (product) -> List.of());
			for (String product : List.of("product1", "product2")) {
				this.lab.stop(product);
				this.lab.start(product);
				awaitAssignment(Promise.CLASSIC, 2, 2);
				assertThat(this.lab.assignment(product).path("protocol").asString()).isEqualTo("consumer");
			}
			assertThat(this.lab.snapshot().protocol()).isEqualTo("Consumer");
			int handled = this.lab.handled().size();
			await("orders are being handled", () -> assertThat(this.lab.handled()).hasSizeGreaterThan(handled + 20));
		});
		this.lab.awaitGuarantees(new HandledOnce(), new KeyOrder());
	}

	private void open(String scenario) throws Exception {
		this.lab = new TestLab(TestLab.home(getClass().getSimpleName() + "/" + scenario), broker.bootstrapServers(),
				scenario);
	}

	/**
	 * Waits until the coordinator reports a stable group of so many partitions and
	 * members, with the assignment that the protocol promises, and each member itself
	 * reports the same.
	 */
	private void awaitAssignment(Promise promise, int partitions, int members) {
		await("%d partitions for %d members".formatted(partitions, members), () -> {
			GroupSnapshot group = this.lab.snapshot();
			assertThat(group.state()).isEqualTo("Stable");
			assertThat(group.members()).extracting(Member::clientId).hasSize(members).doesNotHaveDuplicates();
			assertThat(group.partitions()).hasSize(partitions);
			promise.assignment.verify(group);
			for (Member member : group.members()) {
				assertThat(this.lab.assignment(member.clientId()).path("partitions").valueStream())
					.as("what %s itself reports", member.clientId())
					.extracting((partition) -> partition.asString())
					.containsExactlyInAnyOrderElementsOf(member.assigned());
			}
		});
	}

	private String rebalances(String product) throws Exception {
		return this.lab.assignment(product).path("recent").toString();
	}

}
