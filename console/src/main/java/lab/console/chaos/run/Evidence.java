package lab.console.chaos.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

import lab.console.chaos.ledger.HistoryLine.Handled;
import lab.console.chaos.ledger.HistoryLine.Poison;
import lab.console.chaos.ledger.HistoryLine.Repeat;
import lab.console.chaos.ledger.HistoryLine.Strike;
import lab.console.chaos.ledger.Ledger;
import lab.console.chaos.ledger.RepeatWay;
import lab.console.chaos.ledger.SendOutcome;
import lab.console.instance.Action;

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
	 * A product that became slow has lost its partitions since, or in a share group had
	 * an order in hand for longer than its lock.
	 */
	static Predicate<Ledger> tooSlow(Duration lock) {
		return (ledger) -> ledger.strikes(Strike.SLOW)
			.stream()
			.anyMatch((strike) -> ledger.shared() ? heldFor(lock, strike, ledger)
					: ledger.losses(strike.target()).stream().anyMatch((lost) -> lost.at().isAfter(strike.at())));
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
		return (ledger) -> ledger.history().all(Repeat.class).map(Repeat::way).distinct().count() == RepeatWay
			.values().length
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
