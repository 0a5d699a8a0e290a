package lab.console.watch;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import lab.console.group.GroupSnapshot;
import lab.console.group.PossibleCause;
import lab.console.group.WatchedGroup;
import lab.console.watch.AssignmentChange.ChangeKind;
import lab.console.watch.AssignmentChange.Origin;
import lab.console.watch.GroupView.FeedEntry;
import lab.console.watch.GroupView.Outage;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HistoryTests {

	private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");

	private final History history = new History(
			new Commands("--bootstrap-server localhost:9092", new WatchedGroup("localhost:9092", "shop", null, false)));

	/**
	 * While a classic group rebalances, its coordinator tells no assignor.
	 */
	@Test
	void membersOfAnEagerGroupStandStillWhileItRebalances() {
		look(0, "Classic", "Stable", "range");
		for (int second = 10; second < 30; second++) {
			look(second, "Classic", (second < 28) ? "PreparingRebalance" : "CompletingRebalance", null);
		}
		change(30);
		look(30, "Classic", "Stable", "range");
		assertThat(rebalances()).singleElement().satisfies((rebalance) -> {
			assertThat(rebalance.at()).isEqualTo(at(10));
			assertThat(rebalance.until()).isEqualTo(at(30));
			assertThat(rebalance.allStood()).as("but for a heartbeat").isEqualTo(16_000);
		});
	}

	@Test
	void membersReadOnWhileACooperativeGroupOrOneOfAnotherProtocolRebalances() {
		look(0, "Classic", "Stable", "cooperative-sticky");
		look(10, "Classic", "PreparingRebalance", null);
		look(15, "Classic", "PreparingRebalance", null);
		change(16);
		look(16, "Consumer", "Assigning", "uniform");
		look(20, "Consumer", "Reconciling", "uniform");
		look(25, "Consumer", "Stable", "uniform");
		assertThat(rebalances()).singleElement().satisfies((rebalance) -> {
			assertThat(rebalance.at()).isEqualTo(at(16));
			assertThat(rebalance.allStood()).isNull();
		});
	}

	@Test
	void nothingIsKnownFromTheLastAnswerToTheNext() {
		look(0, "Consumer", "Stable", "uniform");
		this.history.outage(at(10));
		assertThat(outages()).containsExactly(new Outage(at(10), null));
		this.history.outageOver(at(40));
		this.history.outage(at(50));
		this.history.outageOver(at(55));
		assertThat(outages()).containsExactly(new Outage(at(10), at(40)), new Outage(at(50), at(55)));
		this.history.outage(at(400));
		this.history.outageOver(at(401));
		assertThat(outages()).as("those of the last five minutes").containsExactly(new Outage(at(400), at(401)));
	}

	@Test
	void nobodySeesWhetherMembersStandStillDuringAnOutage() {
		look(0, "Classic", "Stable", "range");
		look(1, "Classic", "PreparingRebalance", null);
		look(4, "Classic", "PreparingRebalance", null);
		this.history.outage(at(4));
		this.history.outageOver(at(50));
		change(50);
		look(50, "Classic", "Stable", "range");
		assertThat(rebalances()).singleElement().extracting(Rebalance::allStood).isNull();
	}

	@Test
	void aMemberThatGaveUpAllItHadOwnsNothing() {
		look(0, "Consumer", "Stable", "uniform");
		revoked(1, "t-0", "t-1");
		revoked(2, "t-1", "");
		look(3, "Share", "Stable", null);
		revoked(4, "t-0", "t-1");
		revoked(5, "t-1", "");
		assertThat(this.history.feed().values()).extracting(FeedEntry::key)
			.containsExactly("event.revoked", "event.revoked-all", "event.revoked-shared", "event.revoked-all-shared");
	}

	@Test
	void aNewPartitionIsShownByTheCommandForItsOwnTopic() {
		this.history.add(new PossibleCause(at(1), PossibleCause.Kind.GROWN, "shop-orders-12", false));
		assertThat(this.history.feed().get(1).command())
			.isEqualTo("kafka-topics --bootstrap-server localhost:9092 --describe --topic shop-orders");
	}

	@Test
	void anEventHasTheValuesThatWereSetAndWhatNobodyReadsNow() {
		assigned(1, "product1", "t-0", "t-1");
		this.history.add(new PossibleCause(at(2), PossibleCause.Kind.SLOWED, "product1", true, List.of("0", "1000")));
		this.history.add(new PossibleCause(at(3), PossibleCause.Kind.SLOWED, "product1", true, List.of("0")));
		this.history.add(new PossibleCause(at(4), PossibleCause.Kind.DIED, "product1", true));
		this.history.add(new PossibleCause(at(5), PossibleCause.Kind.DIED, "order", true));
		assertThat(this.history.feed().values().stream().map((entry) -> entry.key() + " " + entry.values())).endsWith(
				"event.slowed-from-here [product1, 0, 1000]", "event.slowed-to-here [product1, 0]",
				"event.died-here-owning [product1, t-0, t-1]", "event.died-here [order]");
	}

	private void revoked(long second, String partition, String owned) {
		this.history.add(new AssignmentChange(at(second), "one", ChangeKind.REVOKED, List.of(partition),
				owned.isEmpty() ? List.of() : List.of(owned), 1, Origin.PUBLISHED));
	}

	private List<Outage> outages() {
		return this.history.timeline(at(60)).outages();
	}

	private void look(long second, String protocol, String state, @Nullable String assignor) {
		this.history
			.look(new GroupSnapshot(at(second), "shop", state, protocol, assignor, null, null, List.of(), List.of()));
	}

	/**
	 * product1 dies with two orders that it has handled and not committed; product2 takes
	 * over, and has product2's own partition all along. Later product1 is back.
	 */
	@Test
	void recordsThatAreHandledAgainBelongToTheRebalanceThatMovedThem() {
		assigned(0, "product1", "t-0");
		assigned(1, "product2", "t-1");
		again(9, "t", 0, 3);
		this.history.add(new AssignmentChange(at(20), "product1", ChangeKind.GONE, List.of("t-0"), List.of(), null,
				Origin.INFERRED));
		assigned(20, "product2", "t-0", "t-1");
		again(21, "t", 0, 5);
		again(22, "t", 0, 6);
		again(23, "t", 1, 8);
		assigned(40, "product1", "t-2");

		GroupView.Timeline timeline = this.history.timeline(at(60));
		assertThat(List.copyOf(timeline.rebalances().keySet())).isSorted().hasSize(3);
		assertThat(timeline.again()).containsExactly(Map.entry(String.valueOf(at(20).toEpochMilli()),
				new GroupView.HandledAgain(2, List.of("t-0@5", "t-0@6"))));
		assertThat(timeline.handledAgain()).isEqualTo(4);
	}

	private void assigned(long second, String member, String... owned) {
		this.history.add(new AssignmentChange(at(second), member, ChangeKind.ASSIGNED, List.of(owned[0]),
				List.of(owned), 1, Origin.PUBLISHED));
	}

	private void again(long second, String topic, int partition, long offset) {
		this.history.add(new Repetition(at(second), new TopicPartition(topic, partition), offset));
	}

	private void change(long second) {
		this.history.add(new AssignmentChange(at(second), "one", ChangeKind.SEEN, List.of("t-0"), List.of("t-0"), null,
				Origin.INFERRED));
	}

	private List<Rebalance> rebalances() {
		return List.copyOf(this.history.timeline(at(60)).rebalances().values());
	}

	private static Instant at(long second) {
		return START.plusSeconds(second);
	}

}
