package lab.console.watch;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.Replicas;
import lab.console.group.Verdict;
import lab.console.group.Verdict.Level;
import lab.console.group.WatchedGroup;
import lab.console.instance.InstanceState;
import lab.console.instance.InstanceState.State;
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
		look(at(0, led(1)), at(1000, led((Integer) null)), at(2000, led((Integer) null)), at(3500, led(1)));
		assertThat(told()).containsExactly("event.leaderless [t-0]", "event.leader-answers [t-0, 1, 3.5]");
	}

	/**
	 * For how long it was, nobody has seen.
	 */
	@Test
	void aPartitionThatWasSeenWithoutALeaderFirstGetsOne() {
		look(at(0, led((Integer) null)), at(1000, led(2)));
		look(at(2000, silent(3, 3)), at(3000, silent(3, 3)), at(4000, led(1)));
		assertThat(told()).containsExactly("event.leader-back [t-0, 2]", "event.leader-back [t-0, 1]");
	}

	@Test
	void ofManyPartitionsTheFirstAreNamed() {
		Integer[] one = Collections.nCopies(12, 1).toArray(Integer[]::new);
		Integer[] two = Collections.nCopies(12, 2).toArray(Integer[]::new);
		look(at(0, led(one)), at(1000, led(two)));
		assertThat(told()).singleElement().asString().contains("t-9, …, 1, 2").doesNotContain("t-10");
	}

	/**
	 * The cluster goes on naming a killed broker as the leader until its session expires.
	 */
	@Test
	void theTimeUntilAnotherBrokerLeadsIsCountedFromTheLastAnswer() {
		look(at(0, led(3, 3, 1)), at(1000, silent(3, 3, 3, 1)), at(2000, silent(3, 3, 3, 1)), at(9500, led(1, 1, 1)),
				at(10_500, led(1, 1, 1)));
		assertThat(told()).containsExactly("event.leader-silent [t-0, t-1, 3]",
				"event.leader-after [t-0, t-1, 3, 1, 9.5]");
	}

	/**
	 * The new leader may be known before it answers.
	 */
	@Test
	void anotherLeaderThatDoesNotAnswerYetIsNotToldAsOneThatDoes() {
		look(at(0, led(3)), at(1000, silent(3, 3)), at(2000, silent(1, 1)), at(3000, led(1)));
		assertThat(told()).containsExactly("event.leader-silent [t-0, 3]", "event.leader-after [t-0, 3, 1, 3.0]");
	}

	@Test
	void aLeaderThatAnswersAgainIsTheSame() {
		look(at(0, led(3)), at(1000, silent(3, 3)), at(2200, led(3)));
		assertThat(told()).containsExactly("event.leader-silent [t-0, 3]", "event.leader-answers [t-0, 3, 2.2]");
	}

	/**
	 * The cluster counts it as alive until its session expires.
	 */
	@Test
	void aBrokerOfTheLabThatDoesNotRunIsToldAtOnce() {
		this.leaders.look(Map.of("kafka1", state(State.RUNNING), "kafka2", state(State.RUNNING), "order",
				state(State.STOPPED), "product1", state(State.STOPPED)));
		assertThat(this.leaders.apart()).isEmpty();
		this.leaders.look(Map.of("kafka1", state(State.RUNNING), "kafka2", state(State.STOPPED)));
		assertThat(this.leaders.apart()).contains(new Verdict(Level.NOTE, "verdict.broker.STOPPED", List.of("kafka2")));
		this.leaders.look(Map.of("kafka1", state(State.PAUSED), "kafka2", state(State.RUNNING)));
		assertThat(this.leaders.apart()).contains(new Verdict(Level.NOTE, "verdict.broker.PAUSED", List.of("kafka1")));
		this.leaders.look(Map.of("kafka", state(State.STOPPED)));
		assertThat(this.leaders.apart()).as("the lab has none, as with a broker of others").isEmpty();
	}

	private static InstanceState state(State state) {
		return new InstanceState(9092, state, null);
	}

	private void look(GroupSnapshot... snapshots) {
		for (int i = 1; i < snapshots.length; i++) {
			this.leaders.compare(snapshots[i - 1], snapshots[i]);
		}
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

	/**
	 * The same, where a broker does not answer.
	 */
	private static GroupSnapshot silent(int broker, int... leaders) {
		List<Partition> partitions = IntStream.range(0, leaders.length)
			.mapToObj((number) -> (leaders[number] == broker)
					? new Partition("t", number, leaders[number], 0L, null, null, null, null, null, null)
					: new Partition("t", number, leaders[number], 0L, 0, null))
			.toList();
		return new GroupSnapshot(Instant.EPOCH, "shop", "Empty", "Classic", null, null, null, List.of(), partitions);
	}

	private static GroupSnapshot at(long ms, GroupSnapshot snapshot) {
		return snapshot.at(Instant.EPOCH.plusMillis(ms));
	}

}
