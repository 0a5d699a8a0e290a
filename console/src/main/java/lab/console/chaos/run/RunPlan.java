package lab.console.chaos.run;

import java.time.Duration;

import lab.console.instance.Protocol;

/**
 * What to run.
 *
 * @param seed of all that is random
 * @param load how long orders are sent, at least: until the fault is over in any case
 * @param rate orders per second
 * @param products members of the group at the start
 * @param partitions of the topic at the start
 */
public record RunPlan(Fault fault, long seed, Protocol protocol, Duration load, int rate, int products,
		int partitions) {
}
