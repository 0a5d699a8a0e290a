package lab.console.chaos.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import lab.console.chaos.ledger.HistoryLine.Begin;
import lab.console.chaos.ledger.HistoryLine.Commit;
import lab.console.chaos.ledger.HistoryLine.DeadLettered;
import lab.console.chaos.ledger.HistoryLine.Deleted;
import lab.console.chaos.ledger.HistoryLine.End;
import lab.console.chaos.ledger.HistoryLine.Entry;
import lab.console.chaos.ledger.HistoryLine.Handled;
import lab.console.chaos.ledger.HistoryLine.Lost;
import lab.console.chaos.ledger.HistoryLine.Poison;
import lab.console.chaos.ledger.HistoryLine.Repeat;
import lab.console.chaos.ledger.HistoryLine.Send;
import lab.console.chaos.ledger.HistoryLine.StockLevel;
import lab.console.chaos.ledger.HistoryLine.Strike;
import lab.console.chaos.ledger.HistoryLine.Usage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ledger of three orders of one key in partition 0: without a mistake, and with each
 * mistake that a promise is about.
 */
class LedgerTests {

	private static final Instant BEGIN = Instant.parse("2026-11-27T09:00:00Z");

	@Test
	void aCleanHistoryHasNoViolations() {
		assertThat(violations(clean())).isEmpty();
	}

	@Test
	void anAcknowledgedOrderThatIsNotInTheTopicIsLost() {
		List<HistoryLine> lines = without(clean(), entry(2), handling(2, "product1"));
		assertThat(violations(lines)).containsExactly("answered acknowledged-lost 2");
	}

	@Test
	void anOrderThatIsInTheTopicTwiceIsNotAsAnswered() {
		List<HistoryLine> lines = with(clean(), 7, new Entry(2, "id-2", 0, 9));
		assertThat(violations(lines)).contains("answered not-as-answered 2");
	}

	@Test
	void aRefusedOrderIsNotInTheTopic() {
		List<HistoryLine> lines = replaced(clean(), send(2), send(2, SendOutcome.REFUSED));
		assertThat(violations(lines)).containsExactly("answered not-as-answered 2");
	}

	@Test
	void anUnknownOrderMayBeInTheTopicOrNot() {
		List<HistoryLine> recorded = replaced(clean(), send(2), send(2, SendOutcome.UNKNOWN));
		assertThat(violations(recorded)).isEmpty();
		assertThat(violations(without(recorded, entry(2), handling(2, "product1")))).isEmpty();
		assertThat(violations(without(recorded, handling(2, "product1")))).contains("handled never-handled 2");
	}

	@Test
	void anOrderThatIsSentAgainHasOneId() {
		List<HistoryLine> lines = with(clean(), 4, repeat("id-2", RepeatWay.AFTER_RESTART));
		lines = with(lines, 7, new Entry(2, "id-2", 0, 9));
		assertThat(violations(lines)).isEmpty();
		assertThat(violations(replaced(lines, new Entry(2, "id-2", 0, 9), new Entry(2, "id-9", 0, 9))))
			.contains("same-order other-id 2");
		assertThat(violations(with(clean(), 4, repeat("id-9", RepeatWay.IN_TURN))))
			.containsExactly("same-order other-id 2");
		assertThat(violations(with(clean(), 4, repeat(null, RepeatWay.IN_TURN))))
			.containsExactly("same-order not-resolved 2");
	}

	@Test
	void anOrderThatMayHaveBeenRecordedIsNotSaidToBeMissing() {
		List<HistoryLine> lines = with(replaced(clean(), send(2), send(2, SendOutcome.UNKNOWN)), 4,
				repeat("id-2", RepeatWay.AFTER_NETWORK));
		assertThat(violations(lines)).isEmpty();
		Repeat unsure = new Repeat(2, RepeatWay.AFTER_NETWORK, at(15), at(16), SendOutcome.UNKNOWN, 503, null);
		assertThat(violations(with(lines, 4, unsure))).isEmpty();
		Repeat refused = new Repeat(2, RepeatWay.AFTER_NETWORK, at(17), at(18), SendOutcome.REFUSED, 503, null);
		assertThat(violations(with(lines, 4, refused))).containsExactly("same-order wrongly-refused 2");
		Repeat afterRestart = new Repeat(2, RepeatWay.AFTER_RESTART, at(17), at(18), SendOutcome.REFUSED, 503, null);
		assertThat(violations(with(lines, 4, afterRestart))).isEmpty();
	}

	@Test
	void anOrderThatIsSentAgainAtOnceIsRecordedOnce() {
		List<HistoryLine> lines = with(clean(), 4, repeat("id-2", RepeatWay.AT_ONCE));
		assertThat(violations(lines)).isEmpty();
		assertThat(violations(with(lines, 7, new Entry(2, "id-2", 0, 9))))
			.containsExactly("answered not-as-answered 2");
	}

	/**
	 * Order 2 is sent in the first 2 ms, and the connection ends after 12.
	 */
	@Test
	void anOrderThatWasSentBeforeTheOrderServiceIsStoppedIsAnswered() {
		List<HistoryLine> lines = replaced(clean(), send(2),
				new Send(2, "kim", at(2), at(12), SendOutcome.UNKNOWN, 0, null, null));
		assertThat(violations(with(lines, 1, new Strike("stop", "order", at(5)))))
			.containsExactly("drained not-answered 2");
		assertThat(violations(with(lines, 1, new Strike("stop", "order", at(1))))).as("sent later").isEmpty();
		assertThat(violations(with(lines, 1, new Strike("stop", "product1", at(5))))).isEmpty();
		assertThat(violations(with(lines, 1, new Strike("kill", "order", at(5))))).isEmpty();
		assertThat(violations(with(clean(), 1, new Strike("stop", "order", at(5))))).isEmpty();
		List<HistoryLine> refused = replaced(without(clean(), entry(2), handling(2, "product1")), send(2),
				new Send(2, "kim", at(2), at(12), SendOutcome.REFUSED, 0, null, null));
		assertThat(violations(with(refused, 1, new Strike("stop", "order", at(5))))).as("it came too late").isEmpty();
	}

	@Test
	void anOrderThatNobodyHandledIsAViolation() {
		List<HistoryLine> lines = without(clean(), handling(2, "product1"));
		assertThat(violations(lines)).contains("handled never-handled 2");
	}

	@Test
	void anOrderThatWasHandledTwiceIsAViolationOfOnceAlone() {
		List<HistoryLine> lines = with(clean(), 10, handling(3, "product2"));
		assertThat(violations(lines)).containsExactly("once handled-again 3");
	}

	@Test
	void ordersOfAKeyAreFirstHandledInTheOrderOfTheirRecords() {
		List<HistoryLine> swapped = without(clean(), handling(2, "product1"));
		swapped = with(swapped, 9, handling(2, "product1"));
		assertThat(violations(swapped)).contains("key-order out-of-order 2");
	}

	@Test
	void aSecondHandlingIsNotOutOfOrder() {
		List<HistoryLine> again = with(clean(), 10, handling(1, "product2"));
		again = with(again, 11, handling(2, "product2"));
		assertThat(violations(again)).containsExactly("once handled-again 1", "once handled-again 2");
	}

	@Test
	void committedOffsetsDoNotGoBack() {
		List<HistoryLine> lines = with(clean(), 11, new Commit(0, 1, at(90)));
		assertThat(violations(lines)).containsExactly("commits commit-back -");
	}

	@Test
	void anOffsetIsNotCommittedBeforeItsOrderIsHandled() {
		List<HistoryLine> lines = replaced(clean(), commit(), new Commit(0, 3, at(32)));
		assertThat(violations(lines)).containsExactly("commits commit-early 3");
	}

	@Test
	void withExactlyOnceARecordHasOneEvent() {
		List<HistoryLine> lines = once(OnceProfile.EXACTLY_ONCE);
		assertThat(violations(lines)).isEmpty();
		assertThat(violations(with(lines, 10, handling(3, "product2")))).contains("effect-once event-again 3");
	}

	@Test
	void withExactlyOnceAnOrderWithTwoRecordsHasTwoEvents() {
		List<HistoryLine> lines = with(once(OnceProfile.EXACTLY_ONCE), 7, new Entry(2, "id-2", 0, 9));
		lines = with(lines, 11, new Handled("id-2", "product2", 0, 9, at(60), null));
		assertThat(violations(lines)).doesNotContain("effect-once event-again 2");
	}

	@Test
	void withTheStockARepetitionIsNotCounted() {
		List<HistoryLine> lines = with(once(OnceProfile.STOCK), 1, new StockLevel(100, 7));
		lines = with(lines, lines.size() - 1, new StockLevel(97, 10));
		assertThat(violations(lines)).isEmpty();
		Handled again = new Handled("id-3", "product2", 0, 2, at(60), true);
		assertThat(violations(with(lines, 11, again))).containsExactly("once handled-again 3");
		assertThat(violations(with(lines, 11, handling(3, "product2")))).containsExactly("once handled-again 3",
				"effect-once counted-again 3");
		assertThat(violations(replaced(lines, new StockLevel(97, 10), new StockLevel(96, 10))))
			.containsExactly("effect-once wrong-stock -");
		assertThat(violations(replaced(lines, new StockLevel(97, 10), new StockLevel(98, 9))))
			.containsExactly("effect-once wrong-stock -");
	}

	@Test
	void aProductThatWasTooSlowLosesItsPartitionsOnce() {
		Lost lost = new Lost("product1", List.of("topic_example-0"), at(60));
		List<HistoryLine> lines = with(with(clean(), 1, new Strike(Strike.SLOW, "product1", at(20))), 10, lost);
		assertThat(violations(lines)).isEmpty();
		assertThat(violations(with(lines, 11, new Lost("product1", List.of(), at(61))))).isEmpty();
		assertThat(violations(with(lines, 11, new Lost("product2", List.of("topic_example-1"), at(61))))).isEmpty();
		assertThat(violations(with(lines, 11, lost))).containsExactly("evicted-once evicted-again -");
	}

	@Test
	void aRecordThatIsNoOrderHasOneDeadLetterWithItsCause() {
		List<HistoryLine> poisoned = with(clean(), 1, new Poison("text", 0, 7, at(5)));
		DeadLettered letter = new DeadLettered(0, 7, "it is not JSON");
		List<HistoryLine> lines = with(poisoned, 12, letter);
		assertThat(violations(lines)).isEmpty();
		assertThat(violations(poisoned)).containsExactly("dead-lettered dead-letters -");
		assertThat(violations(with(lines, 12, letter))).containsExactly("dead-lettered dead-letters -");
		assertThat(violations(replaced(lines, letter, new DeadLettered(0, 7, null))))
			.containsExactly("dead-lettered no-cause -");
		assertThat(violations(with(lines, 12, new DeadLettered(0, 1, "why"))))
			.containsExactly("dead-lettered no-poison -");
	}

	@Test
	void anOrderThatIsDeletedBeforeItIsHandledIsTaken() {
		List<HistoryLine> lines = with(without(clean(), handling(3, "product1")), 1, new Deleted(0, 3, at(20)));
		assertThat(violations(lines)).isEmpty();
		assertThat(Ledger.of(new RunHistory(lines)).taken()).isOne();
		assertThat(violations(replaced(lines, new Deleted(0, 3, at(20)), new Deleted(0, 2, at(20)))))
			.contains("handled never-handled 3");
	}

	@Test
	void aServiceUsesNoMoreThanItMay() {
		List<HistoryLine> lines = with(clean(), 1, new Usage("order", 512, 1200, 1500, at(5)));
		lines = with(lines, 1, new Usage("product1", 512, 200, 500, at(5)));
		assertThat(violations(lines)).isEmpty();
		assertThat(violations(with(lines, 2, new Usage("order", 513, 1201, 1501, at(6)))))
			.containsExactly("bounded over-bound -", "bounded over-bound -", "bounded over-bound -");
		assertThat(violations(with(lines, 2, new Usage("product1", 10, 10, 501, at(6)))))
			.containsExactly("bounded over-bound -");
	}

	@Test
	void aGroupThatDoesNotComeToRestIsAViolation() {
		List<HistoryLine> lines = replaced(clean(), end(true), end(false));
		assertThat(violations(lines)).containsExactly("settled not-settled -");
	}

	@Test
	void whatAnInstanceHadInHandIsWhatItsPartitionHadAndNobodyHandledYet() {
		Ledger ledger = Ledger.of(new RunHistory(clean()));
		assertThat(ledger.inHand("product1", at(33))).extracting((account) -> account.send().number())
			.containsExactly(3);
		assertThat(ledger.inHand("product2", at(33))).isEmpty();
		assertThat(ledger.inHand("product1", at(50))).isEmpty();
	}

	/**
	 * The first order was passed over by product2, which then handled another one:
	 * product1, which has handled none since, has it.
	 */
	@Test
	void whatAMemberOfAShareGroupHadInHandIsWhatOthersPassedOver() {
		List<HistoryLine> lines = new ArrayList<>(List.of(shared(), send(1), send(2), send(3), send(4)));
		lines.addAll(List.of(entry(1), entry(2), entry(3), entry(4)));
		lines.addAll(List.of(handling(1, "product1"), handling(3, "product2"), handling(4, "product2")));
		lines.add(end(true));
		Ledger ledger = Ledger.of(new RunHistory(lines));
		assertThat(ledger.inHand("product1", at(35))).extracting((account) -> account.send().number())
			.containsExactly(2);
		assertThat(ledger.inHand("product2", at(35))).isEmpty();
		assertThat(ledger.inHand("product3", at(35))).isEmpty();
		// nothing was handled after it yet
		assertThat(ledger.inHand("product1", at(33))).isEmpty();
		assertThat(ledger.redelivered()).isZero();
	}

	@Test
	void whatAKilledMemberOfAShareGroupHadInHandAndAnotherHandledWasDeliveredAgain() {
		List<HistoryLine> lines = new ArrayList<>(List.of(shared(), send(1), send(2), send(3), send(4)));
		lines.add(new Strike("kill", "product1", at(35)));
		lines.addAll(List.of(entry(1), entry(2), entry(3), entry(4)));
		lines.addAll(List.of(handling(1, "product1"), handling(3, "product2"), handling(4, "product2")));
		lines.add(end(true));
		assertThat(violations(lines)).containsExactly("handled never-handled 2");
		Handled late = new Handled("id-2", "product2", 0, 1, at(40), null);
		assertThat(Ledger.of(new RunHistory(with(lines, 13, late))).redelivered()).isOne();
		assertThat(Ledger.of(new RunHistory(with(with(lines, 13, late), 14, late))).redelivered()).isOne();
		assertThat(Ledger.of(new RunHistory(with(lines, 13, handling(4, "product1")))).redelivered()).isOne();
	}

	private static Begin shared() {
		return new Begin("kill", 1, "share", 50, 2, 1, BEGIN, null);
	}

	private static List<String> violations(List<HistoryLine> lines) {
		Ledger ledger = Ledger.of(new RunHistory(lines));
		return Arrays.stream(Promise.values())
			.flatMap((promise) -> promise.violations(ledger))
			.map((violation) -> "%s %s %s".formatted(violation.promise(), violation.key(),
					violation.order().map((account) -> String.valueOf(account.send().number())).orElse("-")))
			.toList();
	}

	private static List<HistoryLine> clean() {
		return List.of(begin(null), send(1), send(2), send(3), entry(1), entry(2), entry(3), handling(1, "product1"),
				handling(2, "product1"), handling(3, "product1"), commit(), end(true));
	}

	private static List<HistoryLine> once(OnceProfile profile) {
		return replaced(clean(), begin(null), begin(profile));
	}

	private static Begin begin(@Nullable OnceProfile profile) {
		return new Begin("kill", 1, "consumer", 50, 2, 1, BEGIN, profile);
	}

	private static Send send(int number) {
		return send(number, SendOutcome.ACKNOWLEDGED);
	}

	private static Send send(int number, SendOutcome outcome) {
		boolean acknowledged = outcome == SendOutcome.ACKNOWLEDGED;
		return new Send(number, "kim", at(number), at(number + 10), outcome, acknowledged ? 201 : 503,
				acknowledged ? 0 : null, acknowledged ? number - 1L : null);
	}

	private static Repeat repeat(@Nullable String orderId, RepeatWay way) {
		return new Repeat(2, way, at(20), at(25), (orderId != null) ? SendOutcome.ACKNOWLEDGED : SendOutcome.UNKNOWN,
				(orderId != null) ? 201 : 0, orderId);
	}

	private static Entry entry(int number) {
		return new Entry(number, "id-" + number, 0, number - 1);
	}

	private static Handled handling(int number, String instance) {
		return new Handled("id-" + number, instance, 0, number - 1, at(number + 30), null);
	}

	private static Commit commit() {
		return new Commit(0, 3, at(80));
	}

	private static End end(boolean settled) {
		return new End(settled, "product1: topic_example-0", at(100));
	}

	private static Instant at(int millis) {
		return BEGIN.plusMillis(millis);
	}

	private static List<HistoryLine> without(List<HistoryLine> lines, HistoryLine... removed) {
		List<HistoryLine> rest = new ArrayList<>(lines);
		assertThat(rest.removeAll(List.of(removed))).isTrue();
		return rest;
	}

	private static List<HistoryLine> with(List<HistoryLine> lines, int index, HistoryLine added) {
		List<HistoryLine> more = new ArrayList<>(lines);
		more.add(index, added);
		return more;
	}

	private static List<HistoryLine> replaced(List<HistoryLine> lines, HistoryLine old, HistoryLine other) {
		List<HistoryLine> changed = new ArrayList<>(lines);
		changed.set(lines.indexOf(old), other);
		return changed;
	}

}
