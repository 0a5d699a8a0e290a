package lab.console.fault;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.instance.OwnBroker;
import lab.console.instance.Protocol;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
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
 * the real services; {@link ConsumerGroupScenarios} is the same for {@code consumer}.
 * <p>
 * One walk for each: a new topic with one partition and a new group; start order,
 * product1 and product2; see who reads and who is idle; grow the topic to two partitions;
 * see both work; kill product1 while orders are placed; see product2 take over; verify
 * the guarantees over every order that was answered with 201.
 */
class ProtocolIntegrationTests {

	/**
	 * What Kafka ships as 5 minutes and 3 s.
	 */
	private static final List<String> SOON = Stream.of("metadata.max.age.ms]=1000", "heartbeat.interval.ms]=500")
		.map("--spring.kafka.consumer.properties["::concat)
		.toList();

	/**
	 * What Kafka ships as 45 s; the broker takes no less.
	 */
	private static final String MISSED_SOON = "--spring.kafka.consumer.properties[session.timeout.ms]=6000";

	private static OwnBroker broker;

	private TestLab lab;

	/**
	 * A protocol, and what a group under it promises.
	 */
	private enum Promise {

		CLASSIC("Classic", "classic", Guarantee.KEY_ORDER),

		COOPERATIVE("Classic", "classic", Guarantee.KEY_ORDER),

		/** Who is there again within the session costs nobody anything. */
		STATIC("Classic", "classic", Guarantee.KEY_ORDER),

		/** All read everything, so nobody is idle, and nothing is in order. */
		SHARE("Share", "share");

		private final String type;

		private final String said;

		private final Guarantee[] order;

		Promise(String type, String said, Guarantee... order) {
			this.type = type;
			this.said = said;
			this.order = order;
		}

		private Protocol protocol() {
			return Protocol.valueOf(name());
		}

		/**
		 * product1 is to be missed soon when it is killed; a static product2 is not to be
		 * missed while it starts again.
		 */
		private List<String> settings(String product) {
			if (this == SHARE) {
				return List.of();
			}
			return (this == STATIC && product.equals("product2")) ? SOON
					: Stream.concat(SOON.stream(), Stream.of(MISSED_SOON)).toList();
		}

		private boolean owners() {
			return this != SHARE;
		}

	}

	@BeforeAll
	static void startBroker() throws Exception {
		broker = OwnBroker.start(TestLab.home(ProtocolIntegrationTests.class.getSimpleName() + "/broker"), Map.of(),
				Messages.in(Language.EN));
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
		assertThat(this.lab.snapshot().protocol()).isEqualTo(promise.type);
		assertThat(this.lab.assignment("product1").path("protocol").asString()).isEqualTo(promise.said);
		if (promise.owners()) {
			String idle = this.lab.snapshot()
				.members()
				.stream()
				.filter(Member::idle)
				.findFirst()
				.orElseThrow()
				.clientId();
			await("the idle member says so", () -> assertThat(this.lab.log(idle))
				.containsPattern(idle + " is IDLE: .* has 2 members and .* 1 partition "));
		}

		this.lab.scaleTo(2);
		awaitAssignment(promise, 2, 2);
		this.lab.awaitOrderUses(2);
		await("both work", () -> {
			this.lab.place("for both", null);
			assertThat(this.lab.handled()).extracting(Handled::instance).contains("product1", "product2");
		});
		this.lab.awaitGuarantees(Guarantee.ONCE);

		if (promise == Promise.STATIC) {
			restartCostsTheOtherNothing(promise);
		}
		this.lab.whilePlacingOrders(() -> {
			this.lab.kill("product1");
			awaitAssignment(promise, 2, 1);
		});
		this.lab.awaitGuarantees(Guarantee.AT_LEAST_ONCE);
		this.lab.awaitGuarantees(promise.order);
		if (!promise.owners()) {
			assertThat(this.lab.log("product1") + this.lab.log("product2")).doesNotContain("IDLE");
		}
	}

	/**
	 * Two partitions, two static members; one is stopped and started again within its
	 * session: it has what it had, and the other one was not asked.
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
	 * A group changes from the classic protocol to KIP-848 while it works, orders all the
	 * time: stop one product and start it again under the profile {@code consumer}; wait
	 * until every partition has its owner again; then the next one. The first member
	 * under {@code consumer} turns the group over: from then on the coordinator works out
	 * the assignment, and speaks the classic protocol with those who do not know better.
	 * <pre>
	 * ./lab stop product1
	 * ./lab start product1 --protocol consumer
	 * ./lab stop product2
	 * ./lab start product2
	 * </pre> The assignor of the old protocol must be one that KIP-848 can stand in for,
	 * which Kafka's own are; {@code session.timeout.ms}, {@code heartbeat.interval.ms}
	 * and {@code partition.assignment.strategy} go with it, because a client under
	 * {@code consumer} is refused that has them.
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
		this.lab.awaitGuarantees(Guarantee.ONCE, Guarantee.KEY_ORDER);
	}

	private void open(String scenario) throws Exception {
		this.lab = new TestLab(TestLab.home(getClass().getSimpleName() + "/" + scenario), broker.bootstrapServers(),
				scenario);
	}

	/**
	 * Until the coordinator has shared out what there is: where partitions have owners,
	 * each has one and the rest of the members is idle; in a share group each is read by
	 * somebody, and nobody is idle.
	 */
	private void awaitAssignment(Promise promise, int partitions, int members) {
		await("%d partitions for %d members".formatted(partitions, members), () -> {
			GroupSnapshot group = this.lab.snapshot();
			assertThat(group.state()).isEqualTo("Stable");
			assertThat(group.members()).extracting(Member::clientId).hasSize(members).doesNotHaveDuplicates();
			assertThat(group.partitions()).hasSize(partitions);
			List<String> assigned = group.members().stream().flatMap((member) -> member.assigned().stream()).toList();
			assertThat(group.partitions()).allSatisfy((partition) -> assertThat(assigned).contains(partition.name()));
			assertThat(group.members().stream().filter(Member::idle))
				.hasSize(promise.owners() ? Math.max(0, members - partitions) : 0);
			if (promise.owners()) {
				assertThat(assigned).as("one owner per partition").doesNotHaveDuplicates();
			}
			for (Member member : group.members()) {
				assertThat(this.lab.assignment(member.clientId()).path("partitions").valueStream())
					.as("what %s itself says", member.clientId())
					.extracting((partition) -> partition.asString())
					.containsExactlyInAnyOrderElementsOf(member.assigned());
			}
		});
	}

	private String rebalances(String product) throws Exception {
		return this.lab.assignment(product).path("recent").toString();
	}

}
