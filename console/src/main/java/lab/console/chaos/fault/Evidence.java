package lab.console.chaos.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import lab.console.chaos.ledger.HistoryLine.Handled;
import lab.console.chaos.ledger.HistoryLine.NetworkFault;
import lab.console.chaos.ledger.HistoryLine.Poison;
import lab.console.chaos.ledger.HistoryLine.Repeat;
import lab.console.chaos.ledger.HistoryLine.Strike;
import lab.console.chaos.ledger.Ledger;
import lab.console.chaos.ledger.RepeatWay;
import lab.console.chaos.ledger.SendOutcome;
import lab.console.instance.Action;
import lab.console.terminal.EnumOption;

/**
 * How a ledger shows that a fault had an effect.
 */
final class Evidence {

	private Evidence() {
	}

	/**
	 * A product had orders in hand when that was done to it.
	 */
	static Predicate<Ledger> ordersInHand(Action action) {
		return (ledger) -> ledger.strikes(action.toString())
			.stream()
			.anyMatch((strike) -> !ledger.inHand(strike.target(), strike.at()).isEmpty());
	}

	/**
	 * Orders were not acknowledged after that was done.
	 */
	static Predicate<Ledger> failedSends(Action action) {
		return (ledger) -> ledger.strikes(action.toString())
			.stream()
			.anyMatch((strike) -> ledger.failedSends(strike.at(), Instant.MAX).findAny().isPresent());
	}

	/**
	 * The broker ended by itself, and orders were not acknowledged then.
	 */
	static Predicate<Ledger> brokerEnded() {
		return (ledger) -> ledger.strikes(Strike.ENDED)
			.stream()
			.anyMatch((strike) -> ledger.failedSends(strike.at(), Instant.MAX).findAny().isPresent());
	}

	/**
	 * In each phase, connections were broken or bytes were late or lost, and an order
	 * that was not acknowledged was sent again.
	 */
	static Predicate<Ledger> brokenNetwork() {
		return (ledger) -> Arrays.stream(NetworkPhase.values())
			.allMatch((phase) -> ledger.history()
				.all(NetworkFault.class)
				.filter((fault) -> fault.phase().equals(EnumOption.name(phase)))
				.anyMatch((fault) -> switch (phase) {
					case CUT, RESET -> fault.connections() > 0;
					case HALF_OPEN, SLOW, ANSWERS_LOST -> fault.bytes() > 0;
				})) && ledger.accounts()
					.stream()
					.filter((account) -> account.send().outcome() != SendOutcome.ACKNOWLEDGED)
					.flatMap((account) -> account.repeats().stream())
					.anyMatch((repeat) -> repeat.way() == RepeatWay.AFTER_NETWORK);
	}

	/**
	 * Other brokers took over what the one that was killed had led.
	 */
	static Predicate<Ledger> otherLeaders() {
		return (ledger) -> !ledger.strikes(Strike.REPLACED).isEmpty();
	}

	/**
	 * Orders were not acknowledged between the last kill and the first start.
	 */
	static Predicate<Ledger> failedSendsMeanwhile() {
		return (ledger) -> {
			List<Strike> kills = ledger.strikes(Action.KILL.toString());
			List<Strike> starts = ledger.strikes(Action.START.toString());
			return !kills.isEmpty() && !starts.isEmpty()
					&& ledger.failedSends(kills.get(kills.size() - 1).at(), starts.get(0).at()).findAny().isPresent();
		};
	}

	/**
	 * A product that became slow has lost its partitions since, or in a share group had
	 * an order in hand for longer than its lock.
	 */
	static Predicate<Ledger> tooSlow(Duration lock) {
		return (ledger) -> ledger.strikes(Strike.SLOW)
			.stream()
			.anyMatch((strike) -> ledger.shared() ? heldFor(lock, strike, ledger)
					: ledger.hasLost(strike.target(), strike.at()));
	}

	private static boolean heldFor(Duration time, Strike strike, Ledger ledger) {
		return ledger.handlings()
			.stream()
			.filter((handling) -> handling.instance().equals(strike.target()) && handling.at().isAfter(strike.at()))
			.anyMatch((handling) -> ledger.inHand(strike.target(), handling.at().minus(time))
				.stream()
				.anyMatch((account) -> account.handlings().contains(handling)));
	}

	/**
	 * Orders were sent again in each way, and one of them without knowing its outcome
	 * because the order service was killed.
	 */
	static Predicate<Ledger> repeatedInEachWay() {
		return (ledger) -> ledger.history()
			.all(Repeat.class)
			.map(Repeat::way)
			.collect(Collectors.toSet())
			.equals(EnumSet.complementOf(EnumSet.of(RepeatWay.AFTER_NETWORK)))
				&& ledger.accounts()
					.stream()
					.filter((account) -> account.send().outcome() == SendOutcome.UNKNOWN)
					.flatMap((account) -> account.repeats().stream())
					.anyMatch((repeat) -> repeat.way() == RepeatWay.AFTER_KILL);
	}

	/**
	 * One of each kind of record that is no order was written, and orders came after one
	 * of them in its partition.
	 */
	static Predicate<Ledger> poisonAmongOrders() {
		return (ledger) -> {
			List<Poison> poison = ledger.history().all(Poison.class).toList();
			return poison.stream().map(Poison::kind).distinct().count() >= PoisonKind.values().length
					&& ledger.accounts()
						.stream()
						.flatMap((account) -> account.entries().stream())
						.anyMatch((entry) -> poison.stream()
							.anyMatch((bad) -> bad.partition() == entry.partition() && bad.offset() < entry.offset()));
		};
	}

	/**
	 * So many things were done, and several products have handled orders.
	 */
	static Predicate<Ledger> strikes(int least) {
		return (ledger) -> ledger.history().all(Strike.class).count() >= least
				&& ledger.handlings().stream().map(Handled::instance).distinct().count() > 1;
	}

}
