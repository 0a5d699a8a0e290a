package lab.console.chaos.fault;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import lab.console.chaos.ledger.RepeatWay;
import lab.console.instance.Action;

/**
 * Orders that are sent again with their {@code Idempotency-Key}.
 */
final class RepeatedOrders {

	/**
	 * How many orders are sent again in each way.
	 */
	private static final int EACH = 5;

	private static final Duration SHORT = Duration.ofMillis(500);

	private RepeatedOrders() {
	}

	static void send(FaultActions actions) throws InterruptedException {
		List<RepeatableOrder> answered = orders(actions, false);
		answered.forEach((order) -> order.sent().join());
		resolve(actions, answered, RepeatWay.IN_TURN);

		List<RepeatableOrder> atOnce = orders(actions, false);
		atOnce.forEach((order) -> actions.repeat(order, RepeatWay.AT_ONCE));
		atOnce.forEach((order) -> actions.repeat(order, RepeatWay.AT_ONCE));
		resolve(actions, atOnce, RepeatWay.AT_ONCE);

		resolve(actions, orders(actions, true), RepeatWay.AFTER_LEAVING);

		List<RepeatableOrder> before = orders(actions, false);
		before.forEach((order) -> order.sent().join());
		actions.act(Action.STOP, FaultActions.ORDER);
		actions.act(Action.START, FaultActions.ORDER);
		resolve(actions, before, RepeatWay.AFTER_RESTART);

		resolve(actions, killedBeforeTheAnswer(actions), RepeatWay.AFTER_KILL);
	}

	/**
	 * The broker, which is suspended meanwhile, has received the orders and records them
	 * when it is resumed, without the order service.
	 */
	private static List<RepeatableOrder> killedBeforeTheAnswer(FaultActions actions) throws InterruptedException {
		actions.act(Action.PAUSE, FaultActions.BROKER);
		List<RepeatableOrder> orders = orders(actions, false);
		actions.pass(SHORT);
		actions.act(Action.KILL, FaultActions.ORDER);
		actions.act(Action.RESUME, FaultActions.BROKER);
		actions.act(Action.START, FaultActions.ORDER);
		return orders;
	}

	private static List<RepeatableOrder> orders(FaultActions actions, boolean leave) {
		return Stream.generate(() -> actions.order(leave)).limit(EACH).toList();
	}

	private static void resolve(FaultActions actions, List<RepeatableOrder> orders, RepeatWay way)
			throws InterruptedException {
		for (RepeatableOrder order : orders) {
			actions.resolve(order, way);
		}
	}

}
