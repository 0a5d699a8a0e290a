package lab.console.chaos.run;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.chaos.fault.Fault;
import lab.console.chaos.ledger.OnceProfile;
import lab.console.instance.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * What to run.
 *
 * @param seed of all that is random
 * @param load how long orders are sent, at least: until the fault is over in any case
 * @param rate orders per second
 * @param products members of the group at the start
 * @param partitions of the topic at the start
 * @param profile of the products beside the protocol; null if there is none
 */
public record RunPlan(Fault fault, long seed, Protocol protocol, Duration load, int rate, int products, int partitions,
		@Nullable OnceProfile profile) {

	/**
	 * Whether the two can be done in one lab, one after the other.
	 */
	boolean sharesLabWith(RunPlan other) {
		return this.fault.brokers().equals(other.fault.brokers())
				&& this.fault.ofProducts().equals(other.fault.ofProducts()) && this.protocol == other.protocol
				&& this.products == other.products && this.partitions == other.partitions
				&& this.profile == other.profile;
	}

	/**
	 * The name of the run's history.
	 */
	public String file() {
		return Stream.of(this.fault.code(), this.protocol, this.profile, this.seed)
			.filter(Objects::nonNull)
			.map(String::valueOf)
			.collect(Collectors.joining("-", "", ".jsonl"));
	}
}
