package lab.console.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.Verdict.Level;
import lab.console.group.WatchedGroup;
import lab.console.watch.AssignmentChange.ChangeKind;
import lab.console.watch.GroupView.FeedEntry;
import lab.console.watch.GroupView.OwnedFrom;
import lab.console.watch.Rebalance.Estimate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * A group whose members publish nothing: what a snapshot a second tells of it.
 */
class ForeignGroupTests {

	private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");

	private final History history = new History(
			new Commands("--bootstrap-server localhost:9092", new WatchedGroup("localhost:9092", "shop", null, false)));

	private final AssignmentChanges changes = new AssignmentChanges(this.history);

	/** Committed offset and end of each partition. */
	private final Map<Integer, long[]> offsets = new TreeMap<>(
			Map.of(0, new long[] { 0, 0 }, 1, new long[] { 0, 0 }, 2, new long[] { 0, 0 }));

	private String protocol = "Classic";

	private @Nullable String assignor = "range";

	private @Nullable GroupSnapshot last;

	/**
	 * While a classic group rebalances, a snapshot shows the assignments before or none,
	 * depending on the broker's version. The members stop between 9 and 13 s, with their
	 * next heartbeat, and read again between 20 and 21 s.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void inAnEagerGroupEveryPartitionStandsStillAlsoOneThatIsKept(boolean told) {
		stable(0, 9, "one 0 1", "two 2");
		if (told) {
			rebalancing(10, 20, "one 0 1", "two 2", "three");
		}
		else {
			rebalancing(10, 20, "one", "two", "three");
		}
		stable(21, 30, "one 0", "two 1", "three 2");
		assertThat(rebalances()).singleElement().satisfies((rebalance) -> {
			assertThat(rebalance.kept()).containsExactly("t-0");
			assertThat(rebalance.moved()).containsExactly("t-1", "t-2");
			assertThat(rebalance.about()).isEqualTo(Map.of("t-0", new Estimate(7000, 12_000L), "t-1",
					new Estimate(7000, 12_000L), "t-2", new Estimate(7000, 12_000L)));
			assertThat(rebalance.stood()).isEmpty();
			assertThat(rebalance.allStood()).isEqualTo(7000);
			assertThat(rebalance.open()).isFalse();
		});
		assertThat(lanes().get("one")).extracting(OwnedFrom::kind)
			.containsExactly(ChangeKind.FOUND, ChangeKind.WAITING, ChangeKind.SEEN);
		assertThat(feed()).extracting(FeedEntry::key)
			.as("nobody is idle but who has just joined")
			.containsOnlyOnce("event.seen-idle");
	}

	@Test
	void aRebalanceThatMovesNothingIsARebalance() {
		stable(0, 9, "one 0 1", "two 2");
		rebalancing(10, 10, "one", "two");
		stable(11, 20, "one 0 1", "two 2");
		assertThat(rebalances()).singleElement().satisfies((rebalance) -> {
			assertThat(rebalance.kept()).containsExactly("t-0", "t-1", "t-2");
			assertThat(rebalance.about()).containsEntry("t-2", new Estimate(0, 2000L)).hasSize(3);
		});
	}

	@Test
	void inACooperativeGroupOnlyWhatMovesStandsStill() {
		this.assignor = "cooperative-sticky";
		stable(0, 9, "one 0 1", "two 2");
		rebalancing(10, 12, "one", "two", "three");
		stable(13, 13, "one 0", "two 2", "three");
		rebalancing(14, 15, "one", "two", "three");
		stable(16, 20, "one 0", "two 2", "three 1");
		assertThat(rebalances()).singleElement()
			.extracting(Rebalance::about)
			.as("given up between 12 and 13 s")
			.isEqualTo(Map.of("t-1", new Estimate(2000, 4000L)));
		assertThat(lanes().get("two")).extracting(OwnedFrom::kind).containsExactly(ChangeKind.FOUND);
	}

	/**
	 * Two dies after it has read and committed everything at 20 s. Its session ends while
	 * the group already rebalances, because another member has joined.
	 */
	@Test
	void thePartitionsOfADeadMemberStandStillSinceItsLastCommit() {
		for (int second = 0; second < 40; second++) {
			write(5);
			commit(0, 2);
			if (second <= 20) {
				commit(1);
			}
			stable(second, second, "one 0", "two 1", "three 2");
		}
		write(5);
		rebalancing(40, 60, "one", "two", "three", "four");
		rebalancing(61, 65, "one", "three", "four");
		stable(66, 70, "one 0", "three 1", "four 2");
		assertThat(rebalances()).singleElement().satisfies((rebalance) -> {
			assertThat(rebalance.about()).isEqualTo(Map.of("t-0", new Estimate(22_000, 27_000L), "t-1",
					new Estimate(22_000, 46_000L), "t-2", new Estimate(22_000, 27_000L)));
			assertThat(rebalance.causes()).extracting(Rebalance.Cause::key)
				.containsExactly("cause.gone", "cause.joined");
		});
	}

	@Test
	void underTheConsumerProtocolADeadMembersPartitionStandsStillUntilItsNextOwnerIsSeen() {
		this.protocol = "Consumer";
		for (int second = 0; second < 55; second++) {
			write(5);
			commit(0, 2);
			if (second <= 10) {
				commit(1);
			}
			stable(second, second, "one 0 2", "two 1");
		}
		stable(55, 60, "one 0 1 2");
		assertThat(rebalances()).singleElement()
			.extracting(Rebalance::about)
			.isEqualTo(Map.of("t-1", new Estimate(0, 45_000L)));
	}

	@Test
	void whereNothingWaitedNobodyKnowsSinceWhenAMemberWasDead() {
		this.protocol = "Consumer";
		stable(0, 54, "one 0 2", "two 1");
		stable(55, 57, "one 0 2");
		stable(58, 60, "one 0 1 2");
		assertThat(rebalances()).singleElement()
			.extracting(Rebalance::about)
			.as("seen without an owner from 55 to 57 s")
			.isEqualTo(Map.of("t-1", new Estimate(2000, null)));
	}

	@Test
	void aPartitionThatMovesFromOneSnapshotToTheNextStoodStillForASecondAtMost() {
		this.protocol = "Consumer";
		stable(0, 9, "one 0 1 2", "two");
		stable(10, 20, "one 0 1", "two 2");
		assertThat(rebalances()).singleElement()
			.extracting(Rebalance::about)
			.isEqualTo(Map.of("t-2", new Estimate(0, 1000L)));
	}

	@Test
	void aPartitionIsStalledWhereNothingIsCommittedWhileOthersMove() {
		for (int second = 0; second < 40; second++) {
			write(5);
			commit(0);
			if (second % 5 == 0) {
				commit(2);
			}
			if (second < 5 || second == 35) {
				commit(1);
			}
			stable(second, second, "one 0", "two 1", "three 2");
			if (second == 14) {
				assertThat(this.history.stalled()).as("9 s").isEmpty();
			}
			if (second == 30) {
				assertThat(this.history.stalled()).isEqualTo(Map.of("t-1", at(5)));
			}
		}
		assertThat(this.history.stalled()).isEmpty();
		assertThat(feed()).containsExactly(
				new FeedEntry(at(15), Level.WAIT, "event.stalled", List.of("t-1", "10", "two"),
						"kafka-consumer-groups --bootstrap-server localhost:9092 --describe --group shop"),
				new FeedEntry(at(35), Level.OK, "event.stall-over", List.of("t-1", "30"),
						"kafka-consumer-groups --bootstrap-server localhost:9092 --describe --group shop"));
	}

	@Test
	void aNewOwnerIsNotStalledBecauseOfTheOneBeforeAndTheStallIsOverWithItsCommit() {
		this.protocol = "Consumer";
		for (int second = 0; second < 40; second++) {
			write(5);
			commit(0, 2);
			if (second < 5 || second == 33) {
				commit(1);
			}
			stable(second, second, (second < 30) ? new String[] { "one 0", "two 1", "three 2" }
					: new String[] { "one 0 1", "three 2" });
			assertThat(this.history.stalled().isEmpty()).isEqualTo(second < 15 || second >= 30);
		}
		assertThat(feed()).extracting(FeedEntry::key, FeedEntry::values)
			.containsExactly(tuple("event.stalled", List.of("t-1", "10", "two")), tuple("event.gone", List.of("two")),
					tuple("event.seen", List.of("one", "t-0, t-1")), tuple("event.stall-over", List.of("t-1", "28")));
	}

	@Test
	void aGroupThatCommitsSeldomIsNotStalled() {
		for (int second = 0; second < 200; second++) {
			write(5);
			for (int partition = 0; partition < 3; partition++) {
				if (second % 40 == 10 * partition) {
					commit(partition);
				}
			}
			stable(second, second, "one 0", "two 1", "three 2");
			assertThat(this.history.stalled()).isEmpty();
		}
	}

	@Test
	void aPartitionInWhichNothingWaitsIsNotStalled() {
		for (int second = 0; second < 60; second++) {
			this.offsets.get(0)[1] += 5;
			commit(0);
			stable(second, second, "one 0", "two 1", "three 2");
			assertThat(this.history.stalled()).isEmpty();
		}
	}

	@Test
	void recordsThatAreDeletedUnreadAreAnEvent() {
		write(100);
		look(0, "Stable", this.assignor, 0, "one 0 1 2");
		look(1, "Stable", this.assignor, 0, "one 0 1 2");
		look(2, "Stable", this.assignor, 40, "one 0 1 2");
		look(3, "Stable", this.assignor, 40, "one 0 1 2");
		assertThat(feed()).hasSize(3)
			.extracting(FeedEntry::key, FeedEntry::values)
			.contains(tuple("event.deleted-unread", List.of("t-1", "40")));
	}

	private void stable(int from, int to, String... members) {
		for (int second = from; second <= to; second++) {
			look(second, "Stable", this.assignor, 0, members);
		}
	}

	private void rebalancing(int from, int to, String... members) {
		for (int second = from; second <= to; second++) {
			look(second, (second == to) ? "CompletingRebalance" : "PreparingRebalance", null, 0, members);
		}
	}

	/**
	 * @param members names, each with the numbers of its partitions
	 */
	private void look(int second, String state, @Nullable String assignor, long logStart, String... members) {
		Map<Integer, String> owners = new TreeMap<>();
		List<Member> all = new ArrayList<>();
		for (String member : members) {
			String[] words = member.split(" ");
			Stream.of(words).skip(1).forEach((number) -> owners.put(Integer.valueOf(number), words[0]));
			all.add(new Member(words[0], words[0], words[0], "10.0.0.1", null,
					Arrays.stream(words).skip(1).map((number) -> "t-" + number).toList(), null));
		}
		List<Partition> partitions = new ArrayList<>();
		this.offsets.forEach((number, log) -> partitions.add(new Partition("t", number, 1, log[0], logStart, log[1],
				null, log[1] - Math.max(logStart, log[0]), owners.get(number), null)));
		GroupSnapshot now = new GroupSnapshot(at(second), "shop", state, this.protocol, assignor, null, null, all,
				partitions);
		this.history.look(now);
		this.changes.compare(this.last, now, false);
		this.last = now;
	}

	private void write(int records) {
		this.offsets.values().forEach((log) -> log[1] += records);
	}

	private void commit(int... partitions) {
		Arrays.stream(partitions).forEach((number) -> this.offsets.get(number)[0] = this.offsets.get(number)[1]);
	}

	private List<Rebalance> rebalances() {
		return List.copyOf(this.history.timeline(at(120)).rebalances().values());
	}

	private Map<String, List<OwnedFrom>> lanes() {
		return this.history.timeline(at(120)).lanes();
	}

	private List<FeedEntry> feed() {
		return List.copyOf(this.history.feed().values());
	}

	private static Instant at(long second) {
		return START.plusSeconds(second);
	}

}
