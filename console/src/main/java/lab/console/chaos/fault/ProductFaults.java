package lab.console.chaos.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import lab.console.instance.Action;
import lab.console.instance.Protocol;

/**
 * Faults of a product: it is killed, suspended or stopped, or the group changes again and
 * again.
 */
final class ProductFaults {

	/**
	 * How often the group changes in {@link #churn}.
	 */
	static final int CHANGES = 10;

	/**
	 * How long a member of a share group may take for a record without renewing its lock,
	 * where that is a fault.
	 */
	static final Duration LOCK = Duration.ofSeconds(3);

	/**
	 * So many orders are sent at once, so that a product has some in hand.
	 */
	private static final int IN_HAND = 20;

	/**
	 * So many orders are sent at once, so that some are in no product's hands.
	 */
	private static final int MANY = 200;

	private static final Duration BETWEEN = Duration.ofMillis(100);

	private static final Duration SHORT = Duration.ofMillis(500);

	private static final Duration LONG = Duration.ofSeconds(3);

	private static final Duration SEVERAL_SLOW_ORDERS = Duration.ofSeconds(16);

	private ProductFaults() {
	}

	static void kill(FaultActions actions) throws InterruptedException {
		endAndStart(actions, Action.KILL);
	}

	static void pause(FaultActions actions) throws InterruptedException {
		String victim = loaded(actions);
		actions.act(Action.PAUSE, victim);
		actions.awaitLeft(victim);
		actions.pass(LONG);
		actions.act(Action.RESUME, victim);
		actions.speedUp(victim);
	}

	static void stop(FaultActions actions) throws InterruptedException {
		endAndStart(actions, Action.STOP);
	}

	/**
	 * The product is slow until the group has removed it, or it would be removed again. A
	 * share group does not remove it: there, an order takes longer than its lock.
	 */
	static void slowHandler(FaultActions actions) throws InterruptedException {
		String victim = actions.anyProduct();
		actions.burst(IN_HAND);
		Instant before = Instant.now();
		actions.slow(victim);
		if (actions.protocol() == Protocol.SHARE) {
			actions.pass(SEVERAL_SLOW_ORDERS);
		}
		else {
			// it polls at once if it has few orders in hand, and is a member again a
			// moment later
			actions.awaitRemoved(victim, before);
		}
		actions.speedUp(victim);
	}

	/**
	 * Orders are deleted while no product reads: all are suspended, for less than their
	 * session.
	 */
	static void deleteRecords(FaultActions actions) throws InterruptedException {
		List<String> all = actions.products();
		for (String product : all) {
			actions.act(Action.PAUSE, product);
		}
		actions.burst(MANY);
		actions.pass(LONG);
		actions.deleteRecords();
		for (String product : all) {
			actions.act(Action.RESUME, product);
		}
	}

	/**
	 * Records that are no orders come in among the orders.
	 */
	static void poison(FaultActions actions) throws InterruptedException {
		for (PoisonKind kind : PoisonKind.values()) {
			actions.poison(kind);
			actions.pass(BETWEEN);
		}
	}

	/**
	 * The twin is ended, and so is the product, which no longer reads; then the product
	 * is started again and takes its partitions over.
	 */
	static void twin(FaultActions actions) throws InterruptedException {
		String victim = actions.anyProduct();
		actions.burst(IN_HAND);
		actions.twin(victim);
		actions.pass(LONG);
		actions.act(Action.STOP, FaultActions.TWIN);
		actions.act(Action.STOP, victim);
		actions.act(Action.START, victim);
	}

	static void churn(FaultActions actions) throws InterruptedException {
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

	private static void endAndStart(FaultActions actions, Action how) throws InterruptedException {
		String victim = loaded(actions);
		actions.act(how, victim);
		actions.awaitLeft(victim);
		actions.act(Action.START, victim);
	}

	/**
	 * Returns a product, when it has orders in hand.
	 */
	private static String loaded(FaultActions actions) throws InterruptedException {
		String victim = actions.anyProduct();
		actions.load(victim, IN_HAND);
		return victim;
	}

}
