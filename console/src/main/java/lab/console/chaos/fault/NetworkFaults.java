package lab.console.chaos.fault;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import lab.console.chaos.ledger.RepeatWay;

/**
 * The network between the services and the broker is broken, in each
 * {@link NetworkPhase}.
 */
final class NetworkFaults {

	/**
	 * So many orders of each phase are sent again after it.
	 */
	private static final int EACH = 5;

	/**
	 * Longer than order waits for an acknowledgement.
	 */
	private static final Duration BROKEN = Duration.ofSeconds(4);

	private static final Duration WHOLE = Duration.ofSeconds(1);

	private NetworkFaults() {
	}

	static void breakInEachWay(FaultActions actions) throws InterruptedException {
		for (NetworkPhase phase : NetworkPhase.values()) {
			actions.breakNetwork(phase);
			List<RepeatableOrder> orders = Stream.generate(() -> actions.order(false)).limit(EACH).toList();
			actions.pass(BROKEN);
			actions.mendNetwork();
			for (RepeatableOrder order : orders) {
				order.sent().join();
				actions.resolve(order, RepeatWay.AFTER_NETWORK);
			}
			actions.pass(WHOLE);
		}
	}

}
