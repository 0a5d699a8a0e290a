package lab.console.chaos.fault;

import java.time.Duration;

import lab.console.instance.Action;

/**
 * Faults of what a sender depends on: the order service and the broker.
 */
final class ServerFaults {

	/**
	 * So many orders are sent at once, so that requests are in flight.
	 */
	static final int IN_FLIGHT = 20;

	private static final Duration SHORT = Duration.ofMillis(500);

	private static final Duration LONG = Duration.ofSeconds(3);

	private static final Duration FROZEN = Duration.ofSeconds(10);

	private ServerFaults() {
	}

	static void stopOrder(FaultActions actions) throws InterruptedException {
		actions.burst(IN_FLIGHT);
		down(actions, Action.STOP, FaultActions.ORDER, SHORT);
	}

	static void killOrder(FaultActions actions) throws InterruptedException {
		actions.burst(IN_FLIGHT);
		down(actions, Action.KILL, FaultActions.ORDER, SHORT);
	}

	static void killBroker(FaultActions actions) throws InterruptedException {
		actions.burst(IN_FLIGHT);
		down(actions, Action.KILL, FaultActions.BROKER, LONG);
	}

	static void restartBroker(FaultActions actions) throws InterruptedException {
		down(actions, Action.STOP, FaultActions.BROKER, SHORT);
	}

	static void freezeBroker(FaultActions actions) throws InterruptedException {
		actions.burst(IN_FLIGHT);
		actions.act(Action.PAUSE, FaultActions.BROKER);
		actions.pass(FROZEN);
		actions.act(Action.RESUME, FaultActions.BROKER);
	}

	/**
	 * The broker ends when it cannot write; once there is space again, it is started
	 * again.
	 */
	static void fillDisk(FaultActions actions) throws InterruptedException {
		actions.burst(IN_FLIGHT);
		actions.fillDisk();
		actions.burst(IN_FLIGHT);
		actions.pass(LONG);
		actions.freeDisk();
		actions.act(Action.START, FaultActions.BROKER);
	}

	private static void down(FaultActions actions, Action how, String target, Duration time)
			throws InterruptedException {
		actions.act(how, target);
		actions.pass(time);
		actions.act(Action.START, target);
	}

}
