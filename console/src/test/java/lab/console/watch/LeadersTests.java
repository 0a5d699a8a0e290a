package lab.console.watch;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.Replicas;
import lab.console.group.WatchedGroup;
import lab.console.terminal.LabOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeadersTests {

	private final Commands commands = Commands.of(new LabOptions(),
			new WatchedGroup("localhost:9092", "shop", "t", false));

	private final History history = new History(this.commands);

	private final Leaders leaders = new Leaders(this.commands, this.history);

	@Test
	void aBrokerThatIsStoppedHandsItsPartitionsToOthers() {
		this.leaders.compare(null, led(1, 2, 2, 3));
		this.leaders.compare(led(1, 2, 2, 3), led(1, 2, 2, 3));
		assertThat(told()).as("nothing changed").isEmpty();
		this.leaders.compare(led(1, 2, 2, 3), led(1, 3, 3, 3));
		assertThat(told()).containsExactly("event.leader [t-1, t-2, 2, 3]");
		assertThat(this.history.feed().get(1).command())
			.isEqualTo("kafka-topics --bootstrap-server localhost:9092 --describe --topic t");
	}

	@Test
	void aPartitionWithoutALeaderIsNeitherWrittenNorRead() {
		this.leaders.compare(led(1), led((Integer) null));
		this.leaders.compare(led((Integer) null), led(1));
		assertThat(told()).containsExactly("event.leaderless [t-0]", "event.leader-back [t-0, 1]");
	}

	@Test
	void aPartitionThatIsAddedHasNoLeaderBefore() {
		this.leaders.compare(led(1), led(1, 2));
		assertThat(told()).isEmpty();
	}

	/**
	 * Broker 3 has a replica and leads nothing.
	 */
	@Test
	void aBrokerThatIsAwayIsToldAlsoWhereItLeadsNothing() {
		Replicas all = new Replicas(List.of(1, 3), List.of(), List.of());
		Replicas without = new Replicas(List.of(1, 3), List.of(3), List.of());
		this.leaders.compare(replicated(all), replicated(without));
		this.leaders.compare(replicated(without), replicated(without));
		this.leaders.compare(replicated(without), replicated(all));
		assertThat(told()).containsExactly("event.broker-missing [3, t-0]", "event.broker-returned [3, t-0]");
	}

	private static GroupSnapshot replicated(Replicas replicas) {
		return new GroupSnapshot(Instant.EPOCH, "shop", "Empty", "Classic", null, null, null, List.of(),
				List.of(new Partition("t", 0, 1, 0L, 0, null).withReplicas(replicas)));
	}

	private List<String> told() {
		return this.history.feed().values().stream().map((entry) -> entry.key() + " " + entry.values()).toList();
	}

	/**
	 * A topic with so many partitions, each with its leader.
	 */
	private static GroupSnapshot led(@Nullable Integer... leaders) {
		List<Partition> partitions = IntStream.range(0, leaders.length)
			.mapToObj((number) -> new Partition("t", number, leaders[number], 0L, 0, null))
			.toList();
		return new GroupSnapshot(Instant.EPOCH, "shop", "Empty", "Classic", null, null, null, List.of(), partitions);
	}

}
