package lab.console.chaos.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import lab.console.instance.Action;

/**
 * Brokers of a cluster of three are killed. {@code min.insync.replicas} is two.
 */
final class ClusterFaults {

	private static final Duration LONG = Duration.ofSeconds(5);

	private ClusterFaults() {
	}

	/**
	 * One that leads a partition is killed.
	 */
	static void killOne(FaultActions actions) throws InterruptedException {
		String victim = actions.leadingBroker();
		actions.burst(ServerFaults.IN_FLIGHT);
		actions.act(Action.KILL, victim);
		actions.awaitOtherLeaders(victim);
		actions.pass(LONG);
		actions.act(Action.START, victim);
	}

	static void killTwo(FaultActions actions) throws InterruptedException {
		List<String> brokers = new ArrayList<>(actions.brokers());
		Collections.shuffle(brokers, actions.random());
		List<String> victims = brokers.subList(0, 2);
		actions.burst(ServerFaults.IN_FLIGHT);
		for (String victim : victims) {
			actions.act(Action.KILL, victim);
		}
		actions.pass(LONG);
		for (String victim : victims) {
			actions.act(Action.START, victim);
		}
	}

}
