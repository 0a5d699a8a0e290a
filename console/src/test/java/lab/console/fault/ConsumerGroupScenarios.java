package lab.console.fault;

import java.util.List;

import lab.console.events.OrderHandled;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import static lab.console.fault.TestLab.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the lab shows of a consumer group under {@code consumer} (KIP-848), on a real
 * broker with the real services, each a process of its own.
 * <p>
 * All scenarios share one topic, one group and the three processes: order, product1 and
 * product2. A topic can only grow, so that the scenarios run in the order of the
 * partitions that they need, which is the first digit of their {@code @Order}. Each
 * scenario: start the members that do not run; await a stable group; do what the scenario
 * is about; await what it promises; verify the guarantees over every order of the
 * scenario that was answered with 201.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ConsumerGroupScenarios {

	private BrokerUnderTest broker;

	private TestLab lab;

	abstract BrokerUnderTest startBroker() throws Exception;

	@BeforeAll
	void startLab() throws Exception {
		this.broker = startBroker();
		this.lab = new TestLab(TestLab.home(getClass().getSimpleName() + "/lab"), this.broker.bootstrapServers(),
				"scenarios");
		this.lab.start("order", "product1", "product2");
	}

	@AfterAll
	void stopLab() throws Exception {
		try {
			if (this.lab != null) {
				this.lab.close();
			}
		}
		finally {
			if (this.broker != null) {
				this.broker.close();
			}
		}
	}

	@BeforeEach
	void beginScenario() throws Exception {
		this.lab.startMissing("order", "product1", "product2");
		this.lab.forgetOrders();
		await("the topic exists", () -> assertThat(this.lab.snapshot().partitions()).isNotEmpty());
		awaitOwners(this.lab.snapshot().partitions().size());
	}

	/**
	 * One partition, two members: one owns it, the other is idle and logs why.
	 */
	@Test
	@Order(11)
	void onePartitionHasOneOwnerAndTheOtherMemberIsIdle() {
		GroupSnapshot group = this.lab.snapshot();
		assertThat(group.members()).extracting(Member::clientId).containsExactly("product1", "product2");
		Member idle = group.members().stream().filter(Member::idle).findFirst().orElseThrow();
		await("the idle member logs it", () -> assertThat(this.lab.log(idle.clientId())).contains("IDLE"));
		await("the endpoint says so",
				() -> assertThat(this.lab.assignment(idle.clientId()).path("partitions")).isEmpty());
	}

	/**
	 * One partition, two members; the topic grows to two; every partition gets one owner,
	 * and both members work.
	 */
	@Test
	@Order(21)
	void scaleOutGivesEachMemberAPartitionAndBothWork() throws Exception {
		assertThat(this.lab.snapshot().partitions()).hasSize(1);
		this.lab.scaleTo(2);
		awaitOwners(2);
		assertThat(this.lab.snapshot().members()).as("members, none of them idle").noneMatch(Member::idle);
		this.lab.awaitOrderUses(2);
		this.lab.awaitGuarantees(new HandledOnce());
		assertThat(this.lab.handled()).as("orders of both members")
			.extracting(OrderHandled::instance)
			.contains("product1", "product2");
	}

	/**
	 * Two partitions; keyless orders go to the partitions in turn, so both members are
	 * served in turn.
	 */
	@Test
	@Order(22)
	void keylessOrdersAlternateBetweenThePartitions() throws Exception {
		this.lab.scaleTo(2);
		awaitOwners(2);
		this.lab.awaitOrderUses(2);
		List<PlacedOrder> four = List.of(this.lab.place("1st-Order", null), this.lab.place("2nd-Order", null),
				this.lab.place("3rd-Order", null), this.lab.place("4th-Order", null));
		int first = four.get(0).partition();
		assertThat(four).extracting(PlacedOrder::partition).containsExactly(first, 1 - first, first, 1 - first);
		this.lab.awaitGuarantees(new HandledOnce());
	}

	/**
	 * Four partitions; the orders of one customer stay in one partition and are handled
	 * in the order they were placed.
	 */
	@Test
	@Order(41)
	void sameKeyGoesToTheSamePartition() throws Exception {
		this.lab.scaleTo(4);
		awaitOwners(4);
		this.lab.awaitOrderUses(4);
		for (int i = 0; i < 20; i++) {
			this.lab.place("order " + i, "customer-" + i % 5);
		}
		for (int i = 0; i < 5; i++) {
			String key = "customer-" + i;
			assertThat(this.lab.placed()).as("partitions of %s", key)
				.filteredOn((order) -> key.equals(order.key()))
				.extracting(PlacedOrder::partition)
				.containsOnly(partitionOf(key));
		}
		this.lab.awaitGuarantees(new HandledOnce(), new KeyOrder());
	}

	/**
	 * Two partitions, two members, orders all the time; one member is stopped, the other
	 * takes over, nothing is lost and nothing is handled twice.
	 */
	@Test
	@Order(23)
	void stoppedMemberHandsOverAndNothingIsLost() throws Exception {
		this.lab.scaleTo(2);
		awaitOwners(2);
		this.lab.awaitOrderUses(2);
		this.lab.whilePlacingOrders(() -> {
			this.lab.stop("product2");
			awaitSoleOwner("product1", 2);
		});
		this.lab.awaitGuarantees(new HandledOnce(), new KeyOrder());
	}

	/**
	 * Two partitions, two members, orders all the time; one member is killed, the other
	 * takes over when the session times out; nothing is lost, though the last orders may
	 * be handled again.
	 */
	@Test
	@Order(24)
	void killedMemberIsReplacedAndNothingIsLost() throws Exception {
		this.lab.scaleTo(2);
		awaitOwners(2);
		this.lab.awaitOrderUses(2);
		this.lab.whilePlacingOrders(() -> {
			this.lab.kill("product1");
			awaitSoleOwner("product2", 2);
		});
		this.lab.awaitGuarantees(new AtLeastOnce(), new KeyOrder());
	}

	/**
	 * One partition; free text is written to the topic between two orders: both orders
	 * are handled, the text goes to the dead letter topic.
	 */
	@Test
	@Order(12)
	void freeTextIsDeadLetteredAndTheOrdersAroundItAreHandled() throws Exception {
		this.lab.place("before", null);
		this.lab.type("hello kafka");
		this.lab.place("after", null);
		this.lab.awaitGuarantees(new HandledOnce());
		await("the text is read past", () -> assertThat(this.lab.snapshot().partitions())
			.allSatisfy((partition) -> assertThat(partition.lag()).isZero()));
		await("the dead letter is there", () -> assertThat(this.lab.deadLetters()).containsExactly("hello kafka"));
	}

	/**
	 * One partition; the broker is restarted while orders are placed: some orders are
	 * refused with 503, and every order that was answered with 201 is handled.
	 */
	@Test
	@Order(13)
	void everyAcknowledgedOrderSurvivesARestartOfTheBroker() throws Exception {
		this.lab.whilePlacingOrders(() -> {
			this.broker.restart();
			int before = this.lab.placed().size();
			await("orders are taken again", () -> assertThat(this.lab.placed()).hasSizeGreaterThan(before + 20));
		});
		this.lab.awaitGuarantees(new AtLeastOnce(), new KeyOrder());
		awaitOwners(1);
	}

	/**
	 * Waits until the coordinator reports a stable group in which each partition has one
	 * owner and no member is on its way to another assignment.
	 */
	private void awaitOwners(int partitions) {
		await("each of %d partitions has one owner".formatted(partitions), () -> {
			GroupSnapshot group = this.lab.snapshot();
			assertThat(group.state()).isEqualTo("Stable");
			assertThat(group.members()).hasSize(2)
				.allSatisfy((member) -> assertThat(member.assigned()).isEqualTo(member.target()));
			assertThat(group.partitions()).hasSize(partitions);
			new OneOwnerPerPartition().verify(group);
		});
	}

	private void awaitSoleOwner(String clientId, int partitions) {
		await(clientId + " owns everything",
				() -> assertThat(this.lab.snapshot().members()).singleElement().satisfies((member) -> {
					assertThat(member.clientId()).isEqualTo(clientId);
					assertThat(member.assigned()).hasSize(partitions);
				}));
	}

	private int partitionOf(String key) {
		return this.lab.placed()
			.stream()
			.filter((order) -> key.equals(order.key()))
			.findFirst()
			.orElseThrow()
			.partition();
	}

}
