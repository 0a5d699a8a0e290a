package lab.console.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import lab.console.group.PossibleCause;
import lab.console.watch.AssignmentChange.ChangeKind;
import lab.console.watch.AssignmentChange.Origin;
import lab.console.watch.Rebalance.Cause;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What belongs together of what members tell, as each protocol has them tell it.
 */
class RebalanceTests {

	private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");

	/**
	 * Nothing but what members tell.
	 */
	private static final CommitHistory NO_SNAPSHOTS = new CommitHistory();

	/**
	 * product1 had both partitions before product2 came.
	 */
	private static final AssignmentChange ALONE = assigned(0, "product1", "t-0 t-1", "t-0 t-1", 1);

	@Test
	void theFirstMemberTakesWhatNobodyOwned() {
		Rebalance first = only(assigned(0, "product1", "t-0 t-1", "t-0 t-1", 1));
		assertThat(first.before()).isEmpty();
		assertThat(first.after()).isEqualTo(Map.of("t-0", "product1", "t-1", "product1"));
		assertThat(first.added()).containsExactly("t-0", "t-1");
		assertThat(first.causes()).containsExactly(inferred("cause.joined", "product1"));
		assertThat(first.stood()).isEmpty();
		assertThat(first.epochBefore()).isNull();
		assertThat(first.epochAfter()).isEqualTo(1);
		assertThat(first.open()).isFalse();
	}

	@Test
	void whatWasSoAtTheFirstLookIsNoRebalanceButTheStateBeforeTheNext() {
		AssignmentChange found = new AssignmentChange(START, "product1", ChangeKind.FOUND, names("t-0"), names("t-0"),
				1, Origin.INFERRED);
		assertThat(RebalanceFold.of(List.of(found), List.of(), false, List.of(), NO_SNAPSHOTS)).isEmpty();
		Rebalance next = only(found, seen(60_000, "product1", ""), seen(60_000, "product2", "t-0"));
		assertThat(next.before()).isEqualTo(Map.of("t-0", "product1"));
		assertThat(next.moved()).containsExactly("t-0");
		assertThat(next.causes()).containsExactly(inferred("cause.joined", "product2"));
	}

	@Test
	void aStartThatWasDoneHereIsAnObservedCause() {
		Rebalance first = RebalanceFold
			.of(List.of(assigned(3000, "product1", "t-0", "t-0", 1)),
					List.of(mark(0, PossibleCause.Kind.STARTED, "product1", true)), false, List.of(), NO_SNAPSHOTS)
			.get(0);
		assertThat(first.causes()).containsExactly(new Cause("cause.joined", List.of("product1"), true));
	}

	@Test
	void aNewPartitionIsAddedAndTheOldOneIsKept() {
		List<AssignmentChange> changes = List.of(assigned(0, "product1", "t-0", "t-0", 2),
				assigned(0, "product2", "", "", 2), assigned(60_700, "product2", "t-1", "t-1", 3));
		Rebalance grown = last(changes, mark(60_000, PossibleCause.Kind.GROWN, "t-1", true));
		assertThat(grown.added()).containsExactly("t-1");
		assertThat(grown.kept()).containsExactly("t-0");
		assertThat(grown.moved()).isEmpty();
		assertThat(grown.causes()).containsExactly(new Cause("cause.grown", List.of("t-1"), true));
		assertThat(grown.stood()).as("from the growth on").isEqualTo(Map.of("t-1", 700L));
		assertThat(grown.epochBefore()).isEqualTo(2);
		assertThat(grown.epochAfter()).isEqualTo(3);
	}

	@Test
	void nobodyKnowsHowLongAPartitionStoodThatGrewElsewhere() {
		List<AssignmentChange> changes = List.of(assigned(0, "product1", "t-0", "t-0", 2),
				assigned(60_700, "product1", "t-1", "t-0 t-1", 3));
		Rebalance grown = last(changes, mark(60_500, PossibleCause.Kind.GROWN, "t-1", false));
		assertThat(grown.stood()).isEmpty();
		assertThat(grown.causes()).containsExactly(inferred("cause.grown", "t-1"));
	}

	/**
	 * KIP-848: the owner gives up one partition and reads on; the other member gets it
	 * with one of its next heartbeats.
	 */
	@Test
	void aPartitionThatMovesStandsStillFromRevokedToAssigned() {
		Rebalance move = last(List.of(ALONE, assigned(59_000, "product2", "", "", 2),
				revoked(60_000, "product1", "t-1", "t-0", 2), assigned(60_312, "product2", "t-1", "t-1", 2)));
		assertThat(move.moved()).containsExactly("t-1");
		assertThat(move.kept()).containsExactly("t-0");
		assertThat(move.stood()).isEqualTo(Map.of("t-1", 312L));
		assertThat(move.causes()).containsExactly(inferred("cause.joined", "product2"));
		assertThat(move.source()).isEqualTo(Origin.PUBLISHED);
		assertThat(move.open()).isFalse();
	}

	@Test
	void aPartitionThatWasGivenUpAndIsNotTakenLeavesTheRebalanceOpen() {
		List<AssignmentChange> changes = List.of(ALONE, assigned(59_000, "product2", "", "", 2),
				revoked(60_000, "product1", "t-1", "t-0", 2));
		assertThat(last(changes).open()).isTrue();
		assertThat(last(changes).after()).isEqualTo(Map.of("t-0", "product1"));
		Rebalance over = last(with(changes, assigned(70_000, "product2", "t-1", "t-1", 2)));
		assertThat(over.at()).as("still the same one").isEqualTo(at(59_000));
		assertThat(over.open()).isFalse();
		assertThat(over.stood()).isEqualTo(Map.of("t-1", 10_000L));
	}

	/**
	 * Classic, eager: everybody gives up everything, then everybody is assigned; also a
	 * partition that stays with its owner stands still.
	 */
	@Test
	void underTheEagerProtocolEveryPartitionStandsStill() {
		Rebalance eager = last(List.of(ALONE, revoked(60_000, "product1", "t-0 t-1", "", 1),
				assigned(60_100, "product1", "t-0", "t-0", 2), assigned(60_150, "product2", "t-1", "t-1", 2)));
		assertThat(eager.at()).isEqualTo(at(60_000));
		assertThat(eager.until()).isEqualTo(at(60_150));
		assertThat(eager.moved()).containsExactly("t-1");
		assertThat(eager.kept()).containsExactly("t-0");
		assertThat(eager.stood()).isEqualTo(Map.of("t-0", 100L, "t-1", 150L));
	}

	@Test
	void aPartitionThatStandsStillTwiceInOneRebalanceStandsStillForBothTimes() {
		Rebalance twice = last(List.of(ALONE, revoked(60_000, "product1", "t-1", "t-0", 2),
				assigned(60_100, "product2", "t-1", "t-1", 2), revoked(60_200, "product2", "t-1", "", 3),
				assigned(60_350, "product1", "t-1", "t-0 t-1", 3)));
		assertThat(twice.at()).isEqualTo(at(60_000));
		assertThat(twice.stood()).isEqualTo(Map.of("t-1", 250L));
	}

	@Test
	void aKilledMembersPartitionStandsStillFromTheKillThatWasSeen() {
		List<AssignmentChange> changes = List.of(assigned(0, "product1", "t-0", "t-0", 2),
				assigned(0, "product2", "t-1", "t-1", 2), gone(65_000, "product1", "t-0"),
				assigned(65_400, "product2", "t-0", "t-0 t-1", 3));
		Rebalance takeover = last(changes, mark(60_000, PossibleCause.Kind.DIED, "product1", true));
		assertThat(takeover.moved()).containsExactly("t-0");
		assertThat(takeover.kept()).containsExactly("t-1");
		assertThat(takeover.stood()).isEqualTo(Map.of("t-0", 5400L));
		assertThat(takeover.causes()).containsExactly(new Cause("cause.died", List.of("product1"), true));
	}

	@Test
	void aTakeOverThatIsToldBeforeTheDeadMemberIsMissedIsTheSameRebalance() {
		List<AssignmentChange> changes = List.of(assigned(0, "product1", "t-0", "t-0", 2),
				assigned(0, "product2", "t-1", "t-1", 2), assigned(65_000, "product2", "t-0", "t-0 t-1", 3),
				gone(65_600, "product1", "t-0"));
		Rebalance takeover = last(changes, mark(60_000, PossibleCause.Kind.DIED, "product1", true));
		assertThat(takeover.after()).isEqualTo(Map.of("t-0", "product2", "t-1", "product2"));
		assertThat(takeover.stood()).isEqualTo(Map.of("t-0", 5000L));
		assertThat(takeover.causes()).containsExactly(new Cause("cause.died", List.of("product1"), true));
	}

	@Test
	void nobodyKnowsHowLongThePartitionStoodOfAMemberWhoseEndWasNotSeen() {
		Rebalance takeover = last(
				List.of(assigned(0, "product1", "t-0", "t-0", 2), assigned(0, "product2", "t-1", "t-1", 2),
						gone(65_000, "product1", "t-0"), assigned(65_400, "product2", "t-0", "t-0 t-1", 3)));
		assertThat(takeover.stood()).isEmpty();
		assertThat(takeover.causes()).containsExactly(inferred("cause.gone", "product1"));
	}

	@Test
	void aMemberThatIsStoppedGivesUpAndLeaves() {
		List<AssignmentChange> changes = List.of(assigned(0, "product1", "t-0", "t-0", 2),
				assigned(0, "product2", "t-1", "t-1", 2), revoked(60_000, "product1", "t-0", "", 2),
				assigned(60_250, "product2", "t-0", "t-0 t-1", 3), gone(60_900, "product1", ""));
		Rebalance left = last(changes, mark(59_900, PossibleCause.Kind.STOPPED, "product1", true));
		assertThat(left.causes()).containsExactly(new Cause("cause.left", List.of("product1"), true));
		assertThat(left.stood()).isEqualTo(Map.of("t-0", 250L));
		assertThat(left.after()).isEqualTo(Map.of("t-0", "product2", "t-1", "product2"));
	}

	@Test
	void aPausedMemberLosesItsPartitionsAndComesBack() {
		List<AssignmentChange> paused = List.of(assigned(0, "product1", "t-0", "t-0", 2),
				assigned(0, "product2", "t-1", "t-1", 2), gone(65_000, "product1", "t-0"),
				assigned(65_400, "product2", "t-0", "t-0 t-1", 3));
		List<AssignmentChange> resumed = List.of(
				new AssignmentChange(at(90_100), "product1", ChangeKind.LOST, names("t-0"), List.of(), 2,
						Origin.PUBLISHED),
				revoked(90_900, "product2", "t-1", "t-0", 4), assigned(91_200, "product1", "t-1", "t-1", 4));
		PossibleCause pause = mark(60_000, PossibleCause.Kind.PAUSED, "product1", true);
		PossibleCause resume = mark(90_000, PossibleCause.Kind.RESUMED, "product1", true);
		assertThat(last(paused, pause, resume).causes())
			.containsExactly(new Cause("cause.paused", List.of("product1"), true));
		Rebalance back = last(with(paused, resumed.toArray(AssignmentChange[]::new)), pause, resume);
		assertThat(back.causes()).containsExactly(new Cause("cause.back", List.of("product1"), true));
		assertThat(back.moved()).containsExactly("t-1");
		assertThat(back.kept()).containsExactly("t-0");
		assertThat(back.stood()).isEqualTo(Map.of("t-1", 300L));
	}

	/**
	 * Console consumers publish nothing: a look a second tells who owns what, and neither
	 * who was first nor how long it took.
	 */
	@Test
	void ofAGroupThatPublishesNothingOwnersAreKnownAndTimesAreNot() {
		Rebalance seen = last(List.of(seen(0, "console-a", "t-0 t-1"), seen(60_000, "console-a", "t-0"),
				seen(61_000, "console-b", "t-1")));
		assertThat(seen.source()).isEqualTo(Origin.INFERRED);
		assertThat(seen.moved()).containsExactly("t-1");
		assertThat(seen.kept()).containsExactly("t-0");
		assertThat(seen.stood()).isEmpty();
		assertThat(seen.causes()).containsExactly(inferred("cause.joined", "console-b"));
	}

	@Test
	void nobodyKnowsHowLongAPartitionStoodWhoseNextOwnerIsOnlySeen() {
		assertThat(last(List.of(ALONE, revoked(60_000, "product1", "t-1", "t-0", 2), seen(61_000, "other", "t-1")))
			.stood()).isEmpty();
	}

	/**
	 * The new owner may be looked at before the old one.
	 */
	@Test
	void theOrderInWhichOneLookTellsOfTheMembersDoesNotMatter() {
		Rebalance seen = last(List.of(seen(0, "console-b", "t-0 t-1"), seen(60_000, "console-a", "t-0"),
				seen(60_000, "console-b", "t-1")));
		assertThat(seen.after()).isEqualTo(Map.of("t-0", "console-a", "t-1", "console-b"));
		assertThat(seen.moved()).containsExactly("t-0");
		assertThat(seen.open()).isFalse();
	}

	@Test
	void whatIsSecondsApartIsTwoRebalances() {
		List<Rebalance> two = RebalanceFold.of(
				List.of(ALONE, revoked(60_000, "product1", "t-1", "t-0", 2),
						assigned(60_300, "product2", "t-1", "t-1", 2), revoked(63_000, "product2", "t-1", "", 2),
						assigned(63_200, "product1", "t-1", "t-0 t-1", 3), gone(63_500, "product2", "")),
				List.of(), false, List.of(), NO_SNAPSHOTS);
		assertThat(two).extracting(Rebalance::at).containsExactly(START, at(60_000), at(63_000));
		assertThat(two.get(1).before()).isEqualTo(two.get(0).after());
		assertThat(two.get(2).before()).isEqualTo(two.get(1).after());
		assertThat(two.get(2).causes()).containsExactly(inferred("cause.gone", "product2"));
	}

	/**
	 * Static membership: it gives everything up when it stops, without leaving, and gets
	 * it back when it returns; the coordinator has seen no change, so the generation is
	 * the same.
	 */
	@Test
	void aStaticMemberThatReturnsMovesNothing() {
		List<AssignmentChange> changes = List.of(assigned(0, "product1", "t-0", "t-0", 2),
				assigned(0, "product2", "t-1", "t-1", 2), revoked(60_000, "product1", "t-0", "", 2),
				assigned(72_000, "product1", "t-0", "t-0", 2));
		Rebalance restart = last(changes);
		assertThat(restart.kept()).containsExactly("t-0", "t-1");
		assertThat(restart.moved()).isEmpty();
		assertThat(restart.stood()).as("as long as it was away").isEqualTo(Map.of("t-0", 12_000L));
		assertThat(restart.causes()).containsExactly(inferred("cause.returned", "product1"));
		assertThat(last(changes, mark(60_000, PossibleCause.Kind.STOPPED, "product1", true),
				mark(65_000, PossibleCause.Kind.STARTED, "product1", true))
			.causes()).containsExactly(new Cause("cause.returned", List.of("product1"), true));
	}

	@Test
	void whoGetsTheSameInARebalanceOfAllHasNotReturned() {
		Rebalance eager = last(List.of(ALONE, revoked(60_000, "product1", "t-0 t-1", "", 1),
				assigned(60_100, "product1", "t-0 t-1", "t-0 t-1", 2)));
		assertThat(eager.causes()).containsExactly(inferred("cause.unknown"));
	}

	/**
	 * KIP-932: who joins takes nothing from anybody.
	 */
	@Test
	void aFurtherReaderOfASharedPartitionMovesNothing() {
		Rebalance joined = lastShared(
				List.of(assigned(0, "product1", "t-0", "t-0", 2), assigned(60_000, "product2", "t-0", "t-0", 3)));
		assertThat(joined.before()).isEqualTo(Map.of("t-0", "product1"));
		assertThat(joined.after()).isEqualTo(Map.of("t-0", "product1, product2"));
		assertThat(joined.kept()).containsExactly("t-0");
		assertThat(joined.moved()).isEmpty();
		assertThat(joined.stood()).isEmpty();
		assertThat(joined.causes()).containsExactly(inferred("cause.joined", "product2"));
	}

	@Test
	void aSharedPartitionStandsStillOnlyWhenItsLastReaderIsGone() {
		List<AssignmentChange> changes = List.of(assigned(0, "product1", "t-0", "t-0", 2),
				assigned(0, "product2", "t-0", "t-0", 2), revoked(60_000, "product1", "t-0", "", 2));
		assertThat(lastShared(changes).open()).isFalse();
		assertThat(lastShared(changes).after()).isEqualTo(Map.of("t-0", "product2"));
		List<AssignmentChange> nobody = with(changes, revoked(60_500, "product2", "t-0", "", 2));
		assertThat(lastShared(nobody).open()).isTrue();
		Rebalance over = lastShared(with(nobody, assigned(60_900, "product3", "t-0", "t-0", 3)));
		assertThat(over.moved()).containsExactly("t-0");
		assertThat(over.stood()).isEqualTo(Map.of("t-0", 400L));
	}

	/**
	 * Both are stopped with the lab, which nobody who starts later has seen.
	 */
	@Test
	void whereAllMembersWereAwayThatIsSaid() {
		Rebalance restarted = last(List.of(ALONE, assigned(59_000, "product2", "", "", 2),
				revoked(70_000, "product1", "t-0 t-1", "", 2), assigned(133_500, "product2", "t-0 t-1", "t-0 t-1", 4)));
		assertThat(restarted.causes()).containsExactly(inferred("cause.nobody", "63"));
		assertThat(restarted.stood()).isEqualTo(Map.of("t-0", 63_500L, "t-1", 63_500L));
	}

	@Test
	void whereNothingShowsWhyThatIsSaid() {
		Rebalance moved = last(
				List.of(assigned(0, "product1", "t-0", "t-0", 2), assigned(0, "product2", "t-1", "t-1", 2),
						revoked(60_000, "product1", "t-0", "", 3), revoked(60_000, "product2", "t-1", "", 3),
						assigned(60_100, "product1", "t-1", "t-1", 3), assigned(60_100, "product2", "t-0", "t-0", 3)));
		assertThat(moved.causes()).containsExactly(new Cause("cause.unknown", List.of(), false));
		assertThat(moved.moved()).containsExactly("t-0", "t-1");
	}

	@Test
	void whatWasDoneLongBeforeIsNotTheCause() {
		List<AssignmentChange> changes = List.of(assigned(0, "product1", "t-0", "t-0", 2),
				assigned(0, "product2", "t-1", "t-1", 2), gone(300_000, "product1", "t-0"));
		assertThat(last(changes, mark(60_000, PossibleCause.Kind.PAUSED, "product1", true)).causes())
			.containsExactly(inferred("cause.gone", "product1"));
	}

	@Test
	void aGroupThatEverybodyLeftIsNotWaitedFor() {
		List<AssignmentChange> changes = List.of(assigned(0, "product1", "t-0", "t-0", 1),
				revoked(60_000, "product1", "t-0", "", 1), gone(60_500, "product1", ""));
		assertThat(last(changes).open()).isFalse();
		Rebalance again = last(with(changes, assigned(600_000, "product1", "t-0", "t-0", 3)));
		assertThat(again.at()).isEqualTo(at(600_000));
		assertThat(again.stood()).as("nobody wanted it").isEmpty();
	}

	/**
	 * Classic, eager, published by nobody: a member dies and another one joins. All stop
	 * when the session of the dead one ends, until each has joined again.
	 */
	@Test
	void aClassicRebalanceLastsAsLongAsAllMembersStandStill() {
		List<AssignmentChange> changes = List.of(found("worker-1", "t-0"), found("worker-2", "t-1"),
				found("worker-3", "t-2"), seen(60_000, "worker-9", ""), gone(90_000, "worker-2", "t-1"),
				seen(147_000, "worker-3", "t-1"), seen(147_000, "worker-9", "t-2"));
		Standstill still = new Standstill(at(60_000), at(146_000), at(147_000));
		List<Rebalance> rebalances = RebalanceFold.of(changes, List.of(), false, List.of(still), NO_SNAPSHOTS);
		assertThat(rebalances).singleElement().satisfies((rebalance) -> {
			assertThat(rebalance.at()).isEqualTo(at(60_000));
			assertThat(rebalance.until()).isEqualTo(at(147_000));
			assertThat(rebalance.allStood()).as("seen to stand still").isEqualTo(83_000);
			assertThat(rebalance.stood()).as("to the millisecond").isEmpty();
			assertThat(rebalance.open()).isFalse();
			assertThat(rebalance.kept()).containsExactly("t-0");
			assertThat(rebalance.moved()).containsExactly("t-1", "t-2");
			assertThat(rebalance.causes()).containsExactly(inferred("cause.gone", "worker-2"),
					inferred("cause.joined", "worker-9"));
		});
		assertThat(RebalanceFold.of(changes.subList(0, 5), List.of(), false,
				List.of(new Standstill(at(60_000), at(100_000), null)), NO_SNAPSHOTS))
			.singleElement()
			.extracting(Rebalance::open, Rebalance::allStood)
			.containsExactly(true, 37_000L);
	}

	@Test
	void aRebalanceBeginsWithTheStandstillAndNotWithTheAssignmentAfterIt() {
		List<Rebalance> rebalances = RebalanceFold.of(
				List.of(found("worker-1", "t-0"), seen(63_000, "worker-1", "t-0 t-1"), seen(75_000, "worker-1", "t-0")),
				List.of(), false, List.of(new Standstill(at(60_000), at(62_000), at(63_000)),
						new Standstill(at(74_000), at(74_000), at(75_000))),
				NO_SNAPSHOTS);
		assertThat(rebalances).extracting(Rebalance::at).containsExactly(at(60_000), at(74_000));
		assertThat(rebalances).extracting(Rebalance::allStood).containsExactly(null, null);
	}

	@Test
	void partitionsAreInTheOrderOfTheirNumbers() {
		assertThat(only(assigned(0, "product1", "t-10 t-9 t-2", "t-10 t-9 t-2", 1)).added()).containsExactly("t-2",
				"t-9", "t-10");
	}

	private static Rebalance only(AssignmentChange... changes) {
		List<Rebalance> rebalances = RebalanceFold.of(List.of(changes), List.of(), false, List.of(), NO_SNAPSHOTS);
		assertThat(rebalances).hasSize(1);
		return rebalances.get(0);
	}

	private static Rebalance last(List<AssignmentChange> changes, PossibleCause... marks) {
		List<Rebalance> rebalances = RebalanceFold.of(changes, List.of(marks), false, List.of(), NO_SNAPSHOTS);
		return rebalances.get(rebalances.size() - 1);
	}

	private static Rebalance lastShared(List<AssignmentChange> changes) {
		List<Rebalance> rebalances = RebalanceFold.of(changes, List.of(), true, List.of(), NO_SNAPSHOTS);
		return rebalances.get(rebalances.size() - 1);
	}

	private static List<AssignmentChange> with(List<AssignmentChange> changes, AssignmentChange... further) {
		List<AssignmentChange> all = new ArrayList<>(changes);
		all.addAll(List.of(further));
		return all;
	}

	private static AssignmentChange assigned(long millis, String member, String partitions, String owned, int epoch) {
		return new AssignmentChange(at(millis), member, ChangeKind.ASSIGNED, names(partitions), names(owned), epoch,
				Origin.PUBLISHED);
	}

	private static AssignmentChange revoked(long millis, String member, String partitions, String owned, int epoch) {
		return new AssignmentChange(at(millis), member, ChangeKind.REVOKED, names(partitions), names(owned), epoch,
				Origin.PUBLISHED);
	}

	private static AssignmentChange seen(long millis, String member, String owned) {
		return new AssignmentChange(at(millis), member, ChangeKind.SEEN, names(owned), names(owned), null,
				Origin.INFERRED);
	}

	private static AssignmentChange found(String member, String owned) {
		return new AssignmentChange(START, member, ChangeKind.FOUND, names(owned), names(owned), null, Origin.INFERRED);
	}

	private static AssignmentChange gone(long millis, String member, String had) {
		return new AssignmentChange(at(millis), member, ChangeKind.GONE, names(had), List.of(), null, Origin.INFERRED);
	}

	private static PossibleCause mark(long millis, PossibleCause.Kind kind, String target, boolean observed) {
		return new PossibleCause(at(millis), kind, target, observed);
	}

	private static Cause inferred(String key, String... target) {
		return new Cause(key, List.of(target), false);
	}

	private static Instant at(long millis) {
		return START.plusMillis(millis);
	}

	private static List<String> names(String names) {
		return names.isEmpty() ? List.of() : Arrays.asList(names.split(" "));
	}

}
