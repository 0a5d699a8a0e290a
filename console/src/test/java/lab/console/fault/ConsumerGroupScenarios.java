package lab.console.fault;

import java.util.List;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

import static lab.console.fault.TestLab.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the lab shows of a consumer group, on a real broker with the real services, each a
 * process of its own.
 * <p>
 * Each scenario: a new topic with one partition and a new group; start order, product1
 * and product2; await a stable group; do what the scenario is about; await what it
 * promises; verify the guarantees over every order that was answered with 201.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConsumerGroupScenarios {

	private BrokerUnderTest broker;

	private TestLab lab;

	abstract BrokerUnderTest startBroker() throws Exception;

	@BeforeAll
	void startBrokerOnce() throws Exception {
		this.broker = startBroker();
	}

	@AfterAll
	void stopBroker() throws Exception {
		if (this.broker != null) {
			this.broker.close();
		}
	}

	@BeforeEach
	void startLab(TestInfo test) throws Exception {
		String scenario = test.getTestMethod().orElseThrow().getName();
		this.lab = new TestLab(TestLab.home(getClass().getSimpleName() + "/" + scenario),
				this.broker.bootstrapServers(), scenario);
		this.lab.start("order", "product1", "product2");
		awaitOwners(1);
	}

	@AfterEach
	void stopLab() throws Exception {
		this.lab.close();
	}

	/**
	 * One partition, two members: one owns it, the other is idle and says why.
	 */
	@Test
	void onePartitionHasOneOwnerAndTheOtherMemberIsIdle() {
		GroupSnapshot group = this.lab.snapshot();
		assertThat(group.members()).extracting(Member::clientId).containsExactly("product1", "product2");
		Member idle = group.members().stream().filter(Member::idle).findFirst().orElseThrow();
		await("the idle member says so", () -> assertThat(this.lab.log(idle.clientId())).contains("IDLE"));
		await("the endpoint says so",
				() -> assertThat(this.lab.assignment(idle.clientId()).path("partitions")).isEmpty());
	}

	/**
	 * One partition, two members; the topic grows to two; every partition gets one owner,
	 * and both members work.
	 */
	@Test
	void scaleOutGivesEachMemberAPartitionAndBothWork() throws Exception {
		this.lab.scaleTo(2);
		awaitOwners(2);
		assertThat(this.lab.snapshot().members()).as("members, none of them idle").noneMatch(Member::idle);
		this.lab.awaitOrderUses(2);
		this.lab.awaitGuarantees(Guarantee.ONCE);
		assertThat(this.lab.handled()).as("orders of both members")
			.extracting(Handled::instance)
			.contains("product1", "product2");
	}

	/**
	 * Two partitions; keyless orders go to the partitions in turn, so both members are
	 * served in turn.
	 */
	@Test
	void keylessOrdersAlternateBetweenThePartitions() throws Exception {
		this.lab.scaleTo(2);
		awaitOwners(2);
		this.lab.awaitOrderUses(2);
		List<Order> four = List.of(this.lab.place("1st-Order", null), this.lab.place("2nd-Order", null),
				this.lab.place("3rd-Order", null), this.lab.place("4th-Order", null));
		int first = four.get(0).partition();
		assertThat(four).extracting(Order::partition).containsExactly(first, 1 - first, first, 1 - first);
		this.lab.awaitGuarantees(Guarantee.ONCE);
	}

	/**
	 * Four partitions; the orders of one customer stay in one partition and are handled
	 * in the order they were placed.
	 */
	@Test
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
				.extracting(Order::partition)
				.containsOnly(partitionOf(key));
		}
		this.lab.awaitGuarantees(Guarantee.ONCE, Guarantee.KEY_ORDER);
	}

	/**
	 * Two partitions, two members, orders all the time; one member is stopped, the other
	 * takes over, nothing is lost and nothing is handled twice.
	 */
	@Test
	void stoppedMemberHandsOverAndNothingIsLost() throws Exception {
		this.lab.scaleTo(2);
		awaitOwners(2);
		this.lab.awaitOrderUses(2);
		this.lab.whilePlacingOrders(() -> {
			this.lab.stop("product2");
			awaitSoleOwner("product1", 2);
		});
		this.lab.awaitGuarantees(Guarantee.ONCE, Guarantee.KEY_ORDER);
	}

	/**
	 * Two partitions, two members, orders all the time; one member is killed, the other
	 * takes over when the session is over; nothing is lost, though the last orders may be
	 * handled again.
	 */
	@Test
	void killedMemberIsReplacedAndNothingIsLost() throws Exception {
		this.lab.scaleTo(2);
		awaitOwners(2);
		this.lab.awaitOrderUses(2);
		this.lab.whilePlacingOrders(() -> {
			this.lab.kill("product1");
			awaitSoleOwner("product2", 2);
		});
		this.lab.awaitGuarantees(Guarantee.AT_LEAST_ONCE, Guarantee.KEY_ORDER);
	}

	/**
	 * Someone types free text into the topic between two orders: both orders are handled,
	 * the text is dead-lettered.
	 */
	@Test
	void freeTextIsDeadLetteredAndTheOrdersAroundItAreHandled() throws Exception {
		this.lab.place("before", null);
		this.lab.type("hello kafka");
		this.lab.place("after", null);
		this.lab.awaitGuarantees(Guarantee.ONCE);
		await("the text is read past", () -> assertThat(this.lab.snapshot().partitions())
			.allSatisfy((partition) -> assertThat(partition.lag()).isZero()));
		await("the dead letter is there", () -> assertThat(this.lab.deadLetters()).containsExactly("hello kafka"));
	}

	/**
	 * The broker is restarted in the middle of publishing: some orders are refused with
	 * 503, and every order that was answered with 201 is handled.
	 */
	@Test
	void everyAcknowledgedOrderSurvivesARestartOfTheBroker() throws Exception {
		this.lab.whilePlacingOrders(() -> {
			this.broker.restart();
			int before = this.lab.placed().size();
			await("orders are taken again", () -> assertThat(this.lab.placed()).hasSizeGreaterThan(before + 20));
		});
		this.lab.awaitGuarantees(Guarantee.AT_LEAST_ONCE, Guarantee.KEY_ORDER);
		awaitOwners(1);
	}

	/**
	 * Until the coordinator reports every partition with one owner, and nobody on the way
	 * to another assignment.
	 */
	private void awaitOwners(int partitions) {
		await("each of %d partitions has its owner".formatted(partitions), () -> {
			GroupSnapshot group = this.lab.snapshot();
			assertThat(group.state()).isEqualTo("Stable");
			assertThat(group.members()).hasSize(2)
				.allSatisfy((member) -> assertThat(member.assigned()).isEqualTo(member.target()));
			assertThat(group.partitions()).hasSize(partitions).extracting(Partition::owner).doesNotContainNull();
			assertThat(group.members().stream().flatMap((member) -> member.assigned().stream()))
				.as("one owner per partition")
				.hasSize(partitions)
				.doesNotHaveDuplicates();
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
