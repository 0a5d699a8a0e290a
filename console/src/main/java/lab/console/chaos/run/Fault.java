package lab.console.chaos.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import lab.console.chaos.ledger.HistoryLine.Handled;
import lab.console.chaos.ledger.HistoryLine.Strike;
import lab.console.chaos.ledger.Ledger;
import lab.console.chaos.ledger.Promise;
import lab.console.instance.Action;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.OptionException;

/**
 * A way to break the lab while orders come in, with the promises that must hold all the
 * same. To add one, add a constant here and its sentence, {@code chaos.fault.NAME}, to
 * the messages.
 */
public enum Fault {

	/**
	 * A product is killed with orders in hand, and started again when another has its
	 * partitions.
	 */
	KILL {

		@Override
		void perform(FaultActions actions) throws InterruptedException {
			String victim = actions.anyProduct();
			actions.burst(IN_HAND);
			actions.pass(SHORT);
			actions.act(Action.KILL, victim);
			actions.awaitLeft(victim);
			actions.act(Action.START, victim);
		}

		@Override
		public boolean bit(Ledger ledger) {
			return interrupted(ledger, Action.KILL);
		}

	},

	/**
	 * A product is suspended past its session, another takes its partitions over, and it
	 * is resumed.
	 */
	PAUSE {

		@Override
		void perform(FaultActions actions) throws InterruptedException {
			String victim = actions.anyProduct();
			actions.burst(IN_HAND);
			actions.pass(SHORT);
			actions.act(Action.PAUSE, victim);
			actions.awaitLeft(victim);
			actions.pass(LONG);
			actions.act(Action.RESUME, victim);
		}

		@Override
		public boolean bit(Ledger ledger) {
			return interrupted(ledger, Action.PAUSE);
		}

	},

	/**
	 * A product is stopped under load, and started again.
	 */
	STOP {

		@Override
		void perform(FaultActions actions) throws InterruptedException {
			String victim = actions.anyProduct();
			actions.burst(IN_HAND);
			actions.pass(SHORT);
			actions.act(Action.STOP, victim);
			actions.awaitLeft(victim);
			actions.act(Action.START, victim);
		}

		@Override
		public boolean bit(Ledger ledger) {
			return interrupted(ledger, Action.STOP);
		}

	},

	/**
	 * The order service is stopped while requests are in flight, and started again.
	 */
	STOP_ORDER {

		@Override
		void perform(FaultActions actions) throws InterruptedException {
			actions.burst(IN_HAND);
			actions.act(Action.STOP, FaultActions.ORDER);
			actions.pass(SHORT);
			actions.act(Action.START, FaultActions.ORDER);
		}

		@Override
		public boolean bit(Ledger ledger) {
			return refusedSome(ledger, Action.STOP);
		}

	},

	/**
	 * The order service is killed while requests are in flight, and started again.
	 */
	KILL_ORDER {

		@Override
		void perform(FaultActions actions) throws InterruptedException {
			actions.burst(IN_HAND);
			actions.act(Action.KILL, FaultActions.ORDER);
			actions.pass(SHORT);
			actions.act(Action.START, FaultActions.ORDER);
		}

		@Override
		public boolean bit(Ledger ledger) {
			return refusedSome(ledger, Action.KILL);
		}

	},

	/**
	 * The broker is killed, and started again.
	 */
	KILL_BROKER {

		@Override
		void perform(FaultActions actions) throws InterruptedException {
			actions.burst(IN_HAND);
			actions.act(Action.KILL, FaultActions.BROKER);
			actions.pass(LONG);
			actions.act(Action.START, FaultActions.BROKER);
		}

		@Override
		public boolean bit(Ledger ledger) {
			return refusedSome(ledger, Action.KILL);
		}

	},

	/**
	 * The broker is stopped, and started again.
	 */
	RESTART_BROKER {

		@Override
		void perform(FaultActions actions) throws InterruptedException {
			actions.act(Action.STOP, FaultActions.BROKER);
			actions.pass(SHORT);
			actions.act(Action.START, FaultActions.BROKER);
		}

		@Override
		public boolean bit(Ledger ledger) {
			return refusedSome(ledger, Action.STOP);
		}

	},

	/**
	 * The broker is suspended for ten seconds.
	 */
	FREEZE_BROKER {

		@Override
		void perform(FaultActions actions) throws InterruptedException {
			actions.burst(IN_HAND);
			actions.act(Action.PAUSE, FaultActions.BROKER);
			actions.pass(FROZEN);
			actions.act(Action.RESUME, FaultActions.BROKER);
		}

		@Override
		public boolean bit(Ledger ledger) {
			return refusedSome(ledger, Action.PAUSE);
		}

	},

	/**
	 * Ten times, at random: a product joins, is stopped or is killed, or the topic grows.
	 */
	CHURN {

		@Override
		void perform(FaultActions actions) throws InterruptedException {
			for (int i = 0; i < CHANGES; i++) {
				int choice = (actions.products().size() > 1) ? actions.random().nextInt(4) : 0;
				switch (choice) {
					case 0 -> actions.join();
					case 1 -> actions.grow();
					case 2 -> actions.act(Action.STOP, actions.anyProduct());
					default -> actions.act(Action.KILL, actions.anyProduct());
				}
				actions.pass(SHORT.multipliedBy(1 + actions.random().nextInt(4)));
			}
		}

		@Override
		public boolean bit(Ledger ledger) {
			return ledger.history().all(Strike.class).count() >= CHANGES
					&& ledger.history().all(Handled.class).map(Handled::instance).distinct().count() > 1;
		}

	};

	private static final int IN_HAND = 20;

	private static final int CHANGES = 10;

	private static final Duration SHORT = Duration.ofMillis(500);

	private static final Duration LONG = Duration.ofSeconds(3);

	private static final Duration FROZEN = Duration.ofSeconds(10);

	/**
	 * The fault of that name.
	 * @throws LabException that lists the faults, if there is none of that name
	 */
	public static Fault named(String name, Messages messages) {
		return Arrays.stream(values())
			.filter((fault) -> fault.code().equals(name.toLowerCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> new OptionException(messages.get("chaos.fault-unknown", name,
					Arrays.stream(values()).map(Fault::code).collect(Collectors.joining(", ")))));
	}

	/**
	 * Breaks something, and mends it.
	 */
	abstract void perform(FaultActions actions) throws InterruptedException;

	/**
	 * Whether the ledger shows that something was interrupted. Without that, a run proves
	 * nothing.
	 */
	public abstract boolean bit(Ledger ledger);

	/**
	 * The promises that must hold. Orders may be handled twice where a member cannot
	 * commit what it has handled. A share group has neither an order of its records nor
	 * committed offsets.
	 */
	public Set<Promise> promises(boolean shared) {
		Set<Promise> promises = EnumSet.allOf(Promise.class);
		if (shared || this != STOP && this != STOP_ORDER && this != KILL_ORDER) {
			promises.remove(Promise.ONCE);
		}
		if (shared) {
			promises.removeAll(EnumSet.of(Promise.KEY_ORDER, Promise.COMMITS));
		}
		return promises;
	}

	/**
	 * The name on the command line, as {@code kill-broker}.
	 */
	public String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Whether a product had orders in hand when that was done to it.
	 */
	private static boolean interrupted(Ledger ledger, Action action) {
		return ledger.strikes(action.toString())
			.stream()
			.anyMatch((strike) -> !ledger.waitingFor(strike.target(), strike.at()).isEmpty());
	}

	/**
	 * Whether orders were not acknowledged after that was done.
	 */
	private static boolean refusedSome(Ledger ledger, Action action) {
		return ledger.strikes(action.toString())
			.stream()
			.anyMatch((strike) -> ledger.failedSends(strike.at(), Instant.MAX).findAny().isPresent());
	}

}
