package lab.console.group;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.Verdict.Level;
import lab.console.group.Verdict.Memory;
import lab.console.group.Verdict.Silence;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The most urgent of all that could be said of a group.
 */
class GroupVerdictTests {

	private static final Instant NOW = Instant.parse("2026-11-01T09:00:00Z");

	private static final Optional<String> TOPIC = Optional.of("t");

	private static final Optional<GroupTimings> TIMINGS = Optional.of(new GroupTimings(500, 5000, null));

	private final Member one = member("product1", "t-0");

	private final Member two = member("product2", "t-1");

	private final Partition first = partition("t", 0, "product1");

	private final Partition second = partition("t", 1, "product2");

	@Test
	void everyPartitionHasItsOwner() {
		assertThat(of(group(List.of(this.one, this.two), this.first, this.second)))
			.isEqualTo(new Verdict(Level.OK, "verdict.even", List.of("2", "2")));
	}

	@Test
	void theTopicThatIsExpectedIsMissing() {
		assertThat(of(group(List.of(this.one)))).isEqualTo(new Verdict(Level.BAD, "verdict.no-topic", List.of("t")));
		assertThat(GroupVerdict.of(group(List.of(this.one)), Optional.empty(), TIMINGS, Memory.NONE).key())
			.as("where none is expected")
			.isEqualTo("verdict.even");
	}

	@Test
	void theClusterKnowsNoSuchGroup() {
		assertThat(of(group("Dead", null, List.of(), partition("t", 0, null))))
			.isEqualTo(new Verdict(Level.BAD, "verdict.no-group", List.of("product")));
	}

	@Test
	void nobodyIsInTheGroupAndRecordsWait() {
		assertThat(of(group("Empty", "Consumer", List.of(), new Partition("t", 0, 1, 7L, 9, null),
				new Partition("t", 1, 1, 0L, 3, null), new Partition("t", 2, 1, null, 0, null))))
			.isEqualTo(new Verdict(Level.BAD, "verdict.empty", List.of("product", "5")));
	}

	@Test
	void nobodyIsInTheGroupAndSomeOfTheLagIsNotKnown() {
		assertThat(of(group("Empty", "Consumer", List.of(), new Partition("t", 0, 1, 250L, 100, null),
				new Partition("t", 1, 1, 0L, 30, null), new Partition("t", 2, 1, null, 3, null),
				new Partition("t", 3, null, 1L, LogOffsets.UNKNOWN, null, false))))
			.isEqualTo(new Verdict(Level.BAD, "verdict.empty-unsure", List.of("product", "30", "t-0, t-2, t-3")));
	}

	@Test
	void aCommittedOffsetBeyondTheEndIsSaidAlthoughOtherPartitionsHaveLag() {
		assertThat(of(group(List.of(member("product1", "t-0", "t-1")), new Partition("t", 0, 1, 5000L, 0, "product1"),
				new Partition("t", 1, 1, 10L, 1000, "product1"))))
			.isEqualTo(new Verdict(Level.BAD, "verdict.beyond", List.of("t-0 (5000 > 0)")));
	}

	@Test
	void recordsThatWereDeletedUnreadAreSaidAndNotCountedAsLag() {
		assertThat(of(
				group(List.of(this.one), new Partition("t", 0, 1, 2L, new LogOffsets(490L, 500L), "product1", false))))
			.isEqualTo(new Verdict(Level.BAD, "verdict.deleted", List.of("488", "t-0 (2 < 490)")));
		assertThat(of(group(List.of(this.one),
				new Partition("t", 0, 1, 490L, new LogOffsets(490L, 500L), "product1", false))))
			.as("nothing that was not read is gone")
			.isEqualTo(new Verdict(Level.NOTE, "verdict.behind", List.of("10", "10", "t-0 (product1)")));
	}

	@Test
	void whereNothingWasEverCommittedTheRecordsThatAreThereAreSaid() {
		assertThat(of(group(List.of(this.one),
				new Partition("t", 0, 1, null, new LogOffsets(490L, 500L), "product1", false))))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.never-committed", List.of("t-0", "10")));
		assertThat(of(group(List.of(this.one),
				new Partition("t", 0, 1, null, new LogOffsets(500L, 500L), "product1", false))))
			.as("nothing is there")
			.isEqualTo(new Verdict(Level.OK, "verdict.even", List.of("1", "1")));
	}

	@Test
	void aPartitionWithoutALeaderIsSaid() {
		assertThat(of(group(List.of(this.one), new Partition("t", 0, null, 2L, LogOffsets.UNKNOWN, "product1", false))))
			.isEqualTo(new Verdict(Level.BAD, "verdict.no-leader", List.of("t-0")));
		assertThat(of(group(List.of(this.one), new Partition("t", 0, 1, 2L, LogOffsets.UNKNOWN, "product1", false))))
			.as("it has one, who does not tell")
			.isEqualTo(new Verdict(Level.WAIT, "verdict.end-unknown", List.of("t-0", "1")));
	}

	@Test
	void whatIsBehindAnOpenTransactionIsNotASlowGroup() {
		assertThat(of(
				group(List.of(this.one), new Partition("t", 0, 1, 5L, new LogOffsets(0L, 30L, 5L), "product1", true))))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.open-transaction", List.of("25", "t-0 (5)")));
		assertThat(
				of(group(List.of(this.one), new Partition("t", 0, 1, 5L, new LogOffsets(0L, 30L, 5L), "one", false))))
			.as("its members may read uncommitted records")
			.isEqualTo(new Verdict(Level.WAIT, "verdict.open-transaction-any", List.of("25", "t-0 (5)")));
		assertThat(of(
				group(List.of(this.one), new Partition("t", 0, 1, 30L, new LogOffsets(0L, 30L, 5L), "product1", true))))
			.as("it reads uncommitted records")
			.isEqualTo(new Verdict(Level.OK, "verdict.even", List.of("1", "1")));
		assertThat(of(
				group(List.of(this.one), new Partition("t", 0, 1, 5L, new LogOffsets(0L, 6L, 5L), "product1", true))))
			.as("one that is about to be committed")
			.isEqualTo(new Verdict(Level.OK, "verdict.even", List.of("1", "1")));
	}

	@Test
	void recordsInTransactionsAreToldApartFromThoseThatEveryMemberGets() {
		Partition partition = new Partition("t", 0, 1, 5L, 105, "product1");
		Verdict transacted = new Verdict(Level.NOTE, "verdict.in-transactions", List.of("90", "t-0 (90)"));
		assertThat(of(group(List.of(this.one), partition.withLag(new RecordCount(99, 90L))))).isEqualTo(transacted);
		assertThat(of(group(List.of(this.one), partition.withLag(new RecordCount(100, 90L)))))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.behind", List.of("100", "100", "t-0 (product1)")));
		assertThat(OffsetVerdicts.of(group(List.of(this.one), partition.withLag(new RecordCount(100, 90L))), TOPIC,
				UnreadRetention.UNKNOWN))
			.containsExactly(transacted);
	}

	@Test
	void aGroupWhoseTopicWasDeletedHasNoOffsets() {
		GroupSnapshot left = simple(new Partition("t", 0, 1, null, 5, null));
		assertThat(of(left)).isEqualTo(new Verdict(Level.BAD, "verdict.no-offsets", List.of("product")));
		assertThat(of(simple(new Partition("t", 0, 1, 3L, 5, null))))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.simple", List.of("product", "2")));
		assertThat(of(simple(new Partition("t", 0, 1, 3L, 5, null), new Partition("t", 1, 1, 25L, 10, null))))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.simple-unsure", List.of("product", "2", "t-1")));
	}

	private static GroupSnapshot simple(Partition... partitions) {
		return new GroupSnapshot(NOW, "product", "Empty", "Classic", null, null, null, List.of(), List.of(partitions),
				"", null);
	}

	@Test
	void offsetsThatAreNoRecordsAreNotWaiting() {
		Partition counted = new Partition("t", 0, 1, 5L, 105, "product1").withLag(new RecordCount(0, null));
		assertThat(of(group(List.of(this.one), counted)).key()).isEqualTo("verdict.even");
		assertThat(OffsetVerdicts.of(group(List.of(this.one), counted), TOPIC, UnreadRetention.UNKNOWN))
			.containsExactly(new Verdict(Level.OK, "verdict.not-records-any", List.of("t-0 (100)")));
	}

	@Test
	void manyPartitionsOfOneKindAreOneSentence() {
		Partition[] beyond = IntStream.range(0, 200)
			.mapToObj((number) -> new Partition("t", number, 1, 2L, 1, "product1"))
			.toArray(Partition[]::new);
		assertThat(of(group(List.of(this.one), beyond)).values())
			.containsExactly("t-0 (2 > 1), t-1 (2 > 1), t-2 (2 > 1), …");
	}

	@Test
	void aMemberThatWasKilledIsMissedWhenItsSessionEnds() {
		GroupSnapshot group = group(List.of(this.one, this.two), this.first, this.second);
		assertThat(of(group, silent(1200, false)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.killed", List.of("product1", "4")));
		assertThat(of(group, silent(4001, false)).values()).as("tenths in the last second")
			.containsExactly("product1", "1.0");
		assertThat(of(group, silent(4350, false)).values()).containsExactly("product1", "0.7");
		assertThat(of(group, silent(9000, false)).values()).as("never less than nothing")
			.containsExactly("product1", "0.0");
	}

	@Test
	void aMemberThatIsPausedIsOutWhenItsSessionEnds() {
		assertThat(of(group(List.of(this.one, this.two), this.first, this.second), silent(0, true)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.paused", List.of("product1", "5")));
	}

	/**
	 * Under the classic protocol the session is the member's own setting, not the
	 * coordinator's.
	 */
	@Test
	void underTheClassicProtocolKafkasDefaultSessionIsCounted() {
		GroupSnapshot group = group("Stable", "Classic", List.of(this.one, this.two), this.first, this.second);
		assertThat(of(group, silent(5000, false)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.killed-classic", List.of("product1", "40")));
		assertThat(of(group, silent(5000, true)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.paused-classic", List.of("product1", "40")));
	}

	@Test
	void aSilenceOfOneWhoIsNoMemberAnyMoreIsNotSpokenOf() {
		assertThat(of(group(List.of(this.two), this.second), silent(1000, false)).key()).isEqualTo("verdict.even");
	}

	@Test
	void aPartitionThatNobodyOwnsIsLearntOfWithTheNextHeartbeats() {
		GroupSnapshot group = group(List.of(this.one), this.first, partition("t", 1, null));
		assertThat(of(group, unowned(100)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.unowned-within", List.of("t-1", "0.9")));
		assertThat(
				GroupVerdict.of(group, TOPIC, Optional.of(new GroupTimings(5000, 45_000, null)), unowned(100)).values())
			.as("with Kafka's own heartbeat")
			.containsExactly("t-1", "10");
		assertThat(GroupVerdict.of(group, TOPIC, Optional.empty(), unowned(100)))
			.as("where the coordinator does not tell its heartbeat")
			.isEqualTo(new Verdict(Level.WAIT, "verdict.unowned", List.of("t-1")));
	}

	@Test
	void aPartitionThatIsOnItsWayToSomebodyIsToldTogetherWithIt() {
		Member coming = new Member("product2", "product2", "m2", "127.0.0.1", 3, List.of(), List.of("t-1"));
		assertThat(of(group(List.of(this.one, coming), this.first, partition("t", 1, null)), unowned(0)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.unowned-coming", List.of("t-1", "product2", "1.0")));
	}

	/**
	 * The leader looks for new partitions when its metadata is too old.
	 */
	@Test
	void underTheClassicProtocolAPartitionThatNobodyOwnsMayWaitForFiveMinutes() {
		assertThat(of(group("Stable", "Classic", List.of(this.one), this.first, partition("t", 1, null)),
				unowned(100_500)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.unowned-classic", List.of("t-1", "200")));
		assertThat(of(group("Stable", "Classic", List.of(this.one), this.first, partition("t", 1, null),
				partition("t", 2, null)), unowned(100_500)))
			.as("all are named")
			.isEqualTo(new Verdict(Level.WAIT, "verdict.unowned-classic-several", List.of("t-1, t-2", "200")));
	}

	@Test
	void severalPartitionsThatNobodyOwnsAreAllNamedAndGoToMembersNotToOne() {
		Member coming = new Member("product2", "product2", "m2", "127.0.0.1", 3, List.of(), List.of("t-1", "t-2"));
		assertThat(of(group(List.of(this.one, coming), this.first, partition("t", 1, null), partition("t", 2, null)),
				unowned(0)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.unowned-within-several", List.of("t-1, t-2", "1.0")));
	}

	@Test
	void partitionsWithoutAnOwnerInARebalanceAreNotNews() {
		assertThat(
				of(group("Assigning", "Consumer", List.of(this.one), partition("t", 0, null), partition("t", 1, null))))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.rebalancing", List.of("2")));
	}

	@Test
	void aRebalanceIsTold() {
		assertThat(of(group("Reconciling", "Consumer", List.of(this.one, this.two), this.first, this.second)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.state", List.of("Reconciling")));
	}

	/**
	 * The coordinator still names owners, who have stopped under an eager assignor.
	 */
	@Test
	void whileAllMembersJoinAgainNoPartitionIsSaidToBeRead() {
		assertThat(of(group("PreparingRebalance", "Classic", List.of(this.one, this.two), this.first, this.second)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.preparing", List.of()));
		assertThat(of(group("PreparingRebalance", "Classic", List.of(this.one), this.first, partition("t", 1, null))))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.preparing", List.of()));
	}

	@Test
	void aMemberOnItsWayToAnotherAssignmentIsTold() {
		Member giving = new Member("product1", "product1", "m1", "127.0.0.1", 3, List.of("t-0", "t-1"), List.of("t-0"));
		assertThat(of(group(List.of(giving), this.first, partition("t", 1, "product1"))))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.moving", List.of("product1", "t-0")));
	}

	@Test
	void ofManyMembersTheOneIsNamedThatIsFarthestBehind() {
		List<Member> members = new ArrayList<>();
		List<Partition> partitions = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			members.add(member("m" + i, "t-" + 2 * i, "t-" + (2 * i + 1)));
			partitions.add(new Partition("t", 2 * i, 1, 0L, (i == 3 || i == 5) ? 10 : 0, "m" + i));
			partitions.add(new Partition("t", 2 * i + 1, 1, 0L, (i == 3) ? 7 : 0, "m" + i));
		}
		assertThat(of(group(members, partitions.toArray(Partition[]::new))))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.behind-members", List.of("27", "2", "9", "m3", "17")));
	}

	@Test
	void whatWaitsIsCountedAndTheWorstPartitionNamed() {
		assertThat(of(group(List.of(this.one, this.two), new Partition("t", 0, 1, 5L, 8, "product1"),
				new Partition("t", 1, 1, 0L, 40, "product2"))))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.behind", List.of("43", "40", "t-1 (product2)")));
	}

	@Test
	void aFewRecordsOnTheirWayAreNoLag() {
		assertThat(
				of(group(List.of(this.one, this.two), new Partition("t", 0, 1, 0L, 9, "product1"), this.second)).key())
			.isEqualTo("verdict.even");
	}

	@Test
	void anIdleMemberIsNamed() {
		assertThat(of(group(List.of(this.one, member("product2")), this.first)))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.idle", List.of("product2", "2", "1")));
	}

	@Test
	void twoOrThreeIdleMembersAreNamedAndMoreAreCounted() {
		List<Member> members = List.of(this.one, member("a"), member("b"), member("c"), member("d"));
		assertThat(of(group(members.subList(0, 3), this.first)))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.idle-several", List.of("a, b", "3", "1")));
		assertThat(of(group(members, this.first)))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.idle-many", List.of("4", "5", "1")));
	}

	/**
	 * Three topics of one partition each, which the range assignor all gives to the first
	 * member.
	 */
	@Test
	void aMemberThatTheRangeAssignorLeavesOutIsNotOneTooMany() {
		List<Member> members = List.of(member("a", "x-0", "y-0", "z-0"), member("b"), member("c"));
		Partition[] partitions = { partition("x", 0, "a"), partition("y", 0, "a"), partition("z", 0, "a") };
		assertThat(of(assignedBy("range", members, partitions), "x"))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.idle-range", List.of("b, c", "range")));
		assertThat(of(assignedBy("uniform", members, partitions), "x"))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.idle-subscription", List.of("b, c", "uniform")));
		assertThat(of(assignedBy("range", List.of(member("a", "x-0"), member("b", "x-1"), member("c")),
				partition("x", 0, "a"), partition("x", 1, "b")), "x")
			.key()).as("there are more members than partitions").isEqualTo("verdict.idle");
		assertThat(of(assignedBy("range",
				List.of(member("a", "x-0", "y-0"), member("b", "x-1"), member("c"), member("d"), member("e")),
				partition("x", 0, "a"), partition("x", 1, "b"), partition("y", 0, "a")), "x")
			.key()).as("one more could have a partition").isEqualTo("verdict.idle-range");
	}

	/**
	 * As many members as partitions is no reason to have none.
	 */
	@Test
	void aMemberThatIsIdleThoughThereArePartitionsEnoughIsToldTheReasonOrThatItIsNotKnown() {
		List<Member> members = List.of(member("a", "x-0", "x-1"), member("b"));
		Partition[] partitions = { partition("x", 0, "a"), partition("x", 1, "a") };
		assertThat(of(assignedBy("own.Assignor", members, partitions), "x"))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.idle-other", List.of("b", "own.Assignor")));
		assertThat(of(assignedBy("own.Assignor", members, partitions), "x").sentence(Messages.in(Language.EN)))
			.contains("not known")
			.doesNotContain("members: 2");
		assertThat(of(assignedBy("uniform", members, partitions), "x").key()).isEqualTo("verdict.idle-subscription");
		GroupSnapshot joined = new GroupSnapshot(NOW, "product", "Stable", "Consumer", "uniform", 4, 4, members,
				Arrays.asList(partitions));
		assertThat(of(joined, "x").key()).as("its member epoch is 3").isEqualTo("verdict.idle-joined");
	}

	/**
	 * Brokers 1 and 2 have the replicas.
	 */
	@Test
	void aBrokerThatIsAwayIsNamedAlthoughEveryPartitionHasItsOwner() {
		Partition first = this.first.withReplicas(new Replicas(List.of(1, 2), List.of(2), List.of()));
		GroupSnapshot group = group(List.of(this.one, this.two), first, this.second);
		assertThat(of(group)).isEqualTo(new Verdict(Level.BAD, "verdict.broker-away", List.of("2", "t-0")));
		assertThat(of(group).sentence(Messages.in(Language.EN))).contains("Broker 2 is away", "nothing is lost");
		assertThat(of(group(List.of(this.one, this.two),
				this.first.withReplicas(new Replicas(List.of(1, 2), List.of(), List.of(2))), this.second)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.broker-behind", List.of("2", "t-0")));
		assertThat(of(group(List.of(this.one, this.two),
				this.first.withReplicas(new Replicas(List.of(1, 2), List.of(), List.of())), this.second))
			.level()).isEqualTo(Level.OK);
	}

	/**
	 * The lag of a partition in which nothing was ever committed is not known.
	 */
	@Test
	void aLagSaysWhichPartitionsItDoesNotCount() {
		assertThat(of(group(List.of(this.one, this.two), new Partition("t", 0, 1, 0L, 40, "product1"),
				new Partition("t", 1, 1, null, 7, "product2"))))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.behind-unsure", List.of("40", "40", "t-0 (product1)", "t-1")));
	}

	@Test
	void ofAnEmptyGroupOfWhichNoLagIsKnownNoneIsTold() {
		assertThat(of(group("Empty", "Consumer", List.of(), new Partition("t", 0, 1, null, 3, null))))
			.isEqualTo(new Verdict(Level.BAD, "verdict.empty-unknown", List.of("product")));
	}

	private static GroupSnapshot assignedBy(String assignor, List<Member> members, Partition... partitions) {
		return new GroupSnapshot(NOW, "product", "Stable", "Consumer", assignor, null, null, members,
				Arrays.asList(partitions));
	}

	private static Verdict of(GroupSnapshot group, String topic) {
		return GroupVerdict.of(group, Optional.of(topic), TIMINGS, Memory.NONE);
	}

	/**
	 * A group that once read another topic still has its offsets there.
	 */
	@Test
	void aTopicThatTheGroupHasLeftIsNamedIfRecordsWaitThere() {
		Partition left = new Partition("old", 0, 1, 10L, new LogOffsets(20L, 500L), null, false);
		Partition other = new Partition("old", 1, 1, null, new LogOffsets(7L, 9L), null, false);
		Partition all = new Partition("done", 0, 1, 500L, 500, null);
		assertThat(of(group(List.of(this.one, member("product2")), left, other, all, this.first), unowned(0)))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.unread-topic", List.of("old (482)")));
		assertThat(of(group(List.of(this.one, member("product2")), all, this.first), unowned(0)))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.idle", List.of("product2", "2", "1")));
	}

	@Test
	void theTopicThatIsExpectedIsMissingAlsoWhereTheGroupReadsAnother() {
		GroupSnapshot group = group(List.of(this.one), this.first);
		assertThat(GroupVerdict.of(group, Optional.of("nope"), TIMINGS, Memory.NONE))
			.isEqualTo(new Verdict(Level.BAD, "verdict.no-topic", List.of("nope")));
	}

	@Test
	void theTopicThatIsExpectedIsNotReadThoughItExists() {
		GroupSnapshot group = group(List.of(this.one), this.first, new Partition("new", 0, 1, null, 0, null));
		assertThat(GroupVerdict.of(group, Optional.of("new"), TIMINGS, Memory.NONE))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.unread-topic", List.of("new (0)")));
	}

	/**
	 * KIP-932: two members read the only partition.
	 */
	@Test
	void inAShareGroupNobodyIsIdleAndNothingIsOwned() {
		GroupSnapshot group = shared(List.of(sharing("product1", "t-0"), sharing("product2", "t-0")),
				shared("t", 0, 0L, "product1", "product2"));
		assertThat(of(group)).isEqualTo(new Verdict(Level.OK, "verdict.shared", List.of("2", "1")));
		assertThat(of(group).sentence(Messages.in(Language.EN))).contains("no owners", "no order across members");
		assertThat(of(group).sentence(Messages.in(Language.KO))).contains("담당 멤버가 없고", "순서는 보장되지 않습니다");
	}

	@Test
	void inAShareGroupNobodyWaitsForThePartitionsOfOneWhoIsSilent() {
		GroupSnapshot group = shared(List.of(sharing("product1", "t-0"), sharing("product2", "t-0")),
				shared("t", 0, 0L, "product1", "product2"));
		assertThat(of(group, silent(1000, false)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.killed-shared", List.of("product1", "4")));
		assertThat(of(group, silent(1000, true)).key()).isEqualTo("verdict.paused-shared");
	}

	@Test
	void aPartitionOfAShareGroupThatNobodyReadsYetIsComing() {
		assertThat(of(shared(List.of(sharing("product1", "t-0")), shared("t", 0, 0L, "product1"), shared("t", 1, null)),
				unowned(100)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.unread-within", List.of("t-1", "0.9")));
	}

	@Test
	void aMemberIsNotIdleForAnotherReasonWhilePartitionsAreToBeAssigned() {
		List<Member> members = List.of(member("a"), member("b"));
		assertThat(IdleReason
			.of(group("PreparingRebalance", "Classic", members, partition("t", 0, null), partition("t", 1, null))))
			.isEqualTo(IdleReason.WAITING);
		assertThat(IdleReason.of(group("Stable", "Classic", List.of(member("a", "t-0"), member("b")),
				partition("t", 0, "a"), partition("t", 1, null))))
			.as("a new partition that the classic group has not seen")
			.isEqualTo(IdleReason.WAITING);
		assertThat(IdleReason
			.of(group("Stable", "Classic", List.of(member("a", "t-0"), member("b")), partition("t", 0, "a"))))
			.isEqualTo(IdleReason.MEMBERS);
	}

	@Test
	void aMemberOfAShareGroupThatIsGivenNothingIsNotToldThatAPartitionHasOneOwner() {
		assertThat(of(shared(List.of(sharing("product1", "t-0"), sharing("product2")), shared("t", 0, 0L, "product1"))))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.idle-shared", List.of("product2", "-")));
	}

	/**
	 * It begins at the end unless the group is set otherwise.
	 */
	@Test
	void whatAShareGroupHasNotBegunDoesNotWait() {
		assertThat(of(shared(List.of(sharing("product1", "t-0")),
				new Partition("t", 0, 1, null, 0L, 500L, null, null, null, List.of("product1"))))
			.key()).isEqualTo("verdict.shared");
		assertThat(of(shared(List.of(sharing("product1", "t-0")), shared("t", 0, 30L, "product1"))))
			.as("the lag is the coordinator's, not the way from the start offset to the end")
			.isEqualTo(new Verdict(Level.NOTE, "verdict.behind", List.of("30", "30", "t-0")));
	}

	@Test
	void aStaticMemberThatHasStoppedIsExpectedBack() {
		GroupSnapshot classic = group("Stable", "Classic", List.of(fixed("product1", 3, "t-0"), this.two), this.first,
				this.second);
		assertThat(of(classic, silent(5000, false)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.static-classic", List.of("product1", "40")));
		assertThat(of(classic, silent(5000, true)).key()).as("one that is paused did not stop")
			.isEqualTo("verdict.paused-classic");
		assertThat(
				of(group(List.of(fixed("product1", 3, "t-0"), this.two), this.first, this.second), silent(1000, false)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.static", List.of("product1", "4")));
	}

	/**
	 * KIP-848 shows it, so it needs no memory and no process of one's own.
	 */
	@Test
	void aStaticMemberThatTookItsLeaveIsSeenAtTheFirstLook() {
		assertThat(of(group(List.of(fixed("product1", -2, "t-0"), this.two), this.first, this.second)))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.static", List.of("product1", "5")));
	}

	@Test
	void aPartitionInWhichNothingIsCommittedWhileOthersMoveIsNamedWithItsOwner() {
		GroupSnapshot group = group(List.of(this.one, this.two), this.first,
				new Partition("t", 1, 1, 3L, 80, "product2"));
		assertThat(of(group, stalled(Map.of("t-1", NOW.minusSeconds(61)))))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.stalled", List.of("t-1", "61", "product2")));
		assertThat(of(
				group(List.of(this.one, this.two), new Partition("t", 0, 1, 3L, 9, "product1"),
						new Partition("t", 1, 1, 3L, 80, "product2")),
				stalled(Map.of("t-0", NOW.minusSeconds(20), "t-1", NOW.minusSeconds(61)))))
			.isEqualTo(new Verdict(Level.WAIT, "verdict.stalled-several",
					List.of("t-0 (product1), t-1 (product2)", "61")));
		assertThat(of(group, Memory.NONE).key()).isEqualTo("verdict.behind");
	}

	@Test
	void unreadRecordsThatRetentionMayDeleteSoonAreSaid() {
		GroupSnapshot group = group(List.of(this.one, this.two), this.first,
				new Partition("t", 1, 1, 3L, 80, "product2"));
		assertThat(of(group, deletable("t", 1, -1)))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.deletable-now", List.of("t-1")));
		assertThat(of(group, deletable("t", 1, 40)))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.deletable-seconds", List.of("t-1", "40")));
		assertThat(of(group, deletable("t", 1, 3600)))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.deletable-minutes", List.of("t-1", "60")));
		assertThat(of(group, deletable("t", 1, 86_400)))
			.isEqualTo(new Verdict(Level.NOTE, "verdict.deletable-hours", List.of("t-1", "24")));
		assertThat(of(group, deletable("t", 0, 40)).key()).as("everything is read").isEqualTo("verdict.behind");
		assertThat(of(
				group(List.of(this.one, this.two), this.first,
						new Partition("t", 1, 1, 3L, new LogOffsets(5L, 80L), "product2", false)),
				deletable("t", 1, 40))
			.key()).as("records are lost").isEqualTo("verdict.deleted");
	}

	private static Memory stalled(Map<String, Instant> since) {
		return new Memory(Map.of(), Map.of(), since, UnreadRetention.UNKNOWN);
	}

	private static Memory deletable(String topic, int partition, long seconds) {
		return new Memory(Map.of(), Map.of(), Map.of(),
				new UnreadRetention(Map.of(), Map.of(new TopicPartition(topic, partition), NOW.plusSeconds(seconds))));
	}

	@Test
	void theMostUrgentComesFirst() {
		GroupSnapshot group = group(List.of(this.one, member("product2")), this.first,
				new Partition("t", 1, 1, 0L, 100, null));
		Memory memory = new Memory(Map.of("product1", new Silence(NOW, false)), Map.of());
		assertThat(of(group, memory).key()).isEqualTo("verdict.killed");
		assertThat(of(group).key()).isEqualTo("verdict.unowned-within");
		assertThat(
				of(group(List.of(this.one, member("product2")), new Partition("t", 0, 1, 0L, 100, "product1"))).key())
			.isEqualTo("verdict.behind");
	}

	@Test
	void everyVerdictIsASentenceInBothLanguages() {
		Verdict away = new Verdict(Level.BAD, "verdict.away", "localhost:9092");
		assertThat(away.sentence(Messages.in(Language.EN))).startsWith("No broker answers at localhost:9092.");
		assertThat(away.sentence(Messages.in(Language.KO))).startsWith("localhost:9092에서 응답하는 브로커가 없습니다.");
		assertThat(Verdict.refused("Not authorized.").sentence(Messages.in(Language.EN))).contains("Not authorized.")
			.contains("--command-config");
	}

	private static Verdict of(GroupSnapshot group) {
		return of(group, Memory.NONE);
	}

	private static Verdict of(GroupSnapshot group, Memory memory) {
		return GroupVerdict.of(group, TOPIC, TIMINGS, memory);
	}

	private static Memory silent(long millis, boolean paused) {
		return new Memory(Map.of("product1", new Silence(NOW.minusMillis(millis), paused)), Map.of());
	}

	private static Memory unowned(long millis) {
		return new Memory(Map.of(), Map.of("t-1", NOW.minusMillis(millis)));
	}

	private static GroupSnapshot group(List<Member> members, Partition... partitions) {
		return group("Stable", "Consumer", members, partitions);
	}

	private static GroupSnapshot group(String state, @Nullable String protocol, List<Member> members,
			Partition... partitions) {
		return new GroupSnapshot(NOW, "product", state, protocol, null, null, null, members, Arrays.asList(partitions));
	}

	private static Member member(String name, String... partitions) {
		List<String> assigned = Stream.of(partitions).toList();
		return new Member(name, name, "id-" + name, "127.0.0.1", 3, assigned, assigned);
	}

	private static Member fixed(String name, int epoch, String partition) {
		return new Member(name, name, "id-" + name, name, "127.0.0.1", epoch, List.of(partition), List.of(partition));
	}

	private static GroupSnapshot shared(List<Member> members, Partition... partitions) {
		return group("Stable", "Share", members, partitions);
	}

	private static Member sharing(String name, String... partitions) {
		return new Member(name, name, "id-" + name, "127.0.0.1", 3, List.of(partitions), null);
	}

	private static Partition shared(String topic, int partition, @Nullable Long lag, String... readers) {
		return new Partition(topic, partition, 1, (lag != null) ? 3L : null, 0L, 100L, null, lag, null,
				List.of(readers));
	}

	private static Partition partition(String topic, int partition, @Nullable String owner) {
		return new Partition(topic, partition, 1, 3L, 3, owner);
	}

}
