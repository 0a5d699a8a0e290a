package lab.console.watch;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import lab.console.events.AssignmentChanged;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.WatchedGroup;
import lab.console.watch.AssignmentChange.ChangeKind;
import lab.console.watch.GroupView.FeedEntry;
import lab.console.watch.GroupView.OwnedFrom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What members publish, beside what the snapshots show of them.
 */
class AssignmentChangesTests {

	private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");

	private final History history = new History(new Commands("--bootstrap-server localhost:9092",
			new WatchedGroup("localhost:9092", "product", "t", true)));

	private final AssignmentChanges changes = new AssignmentChanges(this.history);

	private @Nullable GroupSnapshot last;

	@Test
	void aMemberThatStoppedBeforeTheWatchBeganIsNotIdleUntilNow() {
		look(1, "product1");
		published(-120, "PartitionsAssigned", "product3", "t-1", "t-1");
		published(-60, "PartitionsRevoked", "product3", "t-1", "");
		published(-60, "PartitionsAssigned", "product1", "t-1", "t-1");
		look(2, "product1");
		assertThat(kinds(2)).isEqualTo(Map.of("product1", List.of(ChangeKind.ASSIGNED), "product3",
				List.of(ChangeKind.ASSIGNED, ChangeKind.REVOKED, ChangeKind.GONE)));
		assertThat(lanes(2).get("product3")).last()
			.extracting(OwnedFrom::at, OwnedFrom::seen)
			.as("its last sign, and when it was missed")
			.containsExactly(at(-60), at(2));
		assertThat(told()).doesNotContain("event.gone");
		look(3, "product1");
		assertThat(kinds(3).get("product3")).hasSize(3);
	}

	@Test
	void aMemberThatDiedBeforeTheWatchBeganIsNotShown() {
		look(1);
		published(-50_000, "PartitionsAssigned", "product3", "t-0", "t-0");
		look(2);
		assertThat(lanes(2)).isEmpty();
		published(3, "PartitionsAssigned", "product3", "t-0", "t-0");
		look(4, "product3");
		assertThat(kinds(4)).isEqualTo(Map.of("product3", List.of(ChangeKind.GONE, ChangeKind.ASSIGNED)));
	}

	@Test
	void aRestartOfTheWholeLabIsNoRebalance() {
		look(1);
		published(-200, "PartitionsAssigned", "product1", "t-0", "t-0");
		published(-60, "PartitionsRevoked", "product1", "t-0", "");
		look(2);
		published(3, "PartitionsAssigned", "product1", "t-0", "t-0");
		look(4, "product1");
		assertThat(this.history.timeline(at(4)).rebalances().values()).allSatisfy((rebalance) -> {
			assertThat(rebalance.open()).isFalse();
			assertThat(rebalance.until()).isEqualTo(rebalance.at());
			assertThat(rebalance.stood()).isEmpty();
		}).hasSize(3);
	}

	/**
	 * The console looks for the first time when all are back.
	 */
	@Test
	void aRestartOfTheWholeLabThatNobodySawIsToldAsTheTimeWithoutMembers() {
		look(10, "product1", "product2");
		published(-200, "PartitionsAssigned", "product1", "t-0", "t-0");
		published(-60, "PartitionsRevoked", "product1", "t-0", "");
		published(3, "PartitionsAssigned", "product1", "t-0", "t-0");
		published(4, "PartitionsAssigned", "product2", "t-1", "t-1");
		look(11, "product1", "product2");
		List<Rebalance> rebalances = new ArrayList<>(this.history.timeline(at(11)).rebalances().values());
		assertThat(rebalances).extracting(Rebalance::at, Rebalance::until)
			.as("the time between is no rebalance")
			.containsExactly(tuple(at(-200), at(-200)), tuple(at(-60), at(-60)), tuple(at(3), at(4)));
		assertThat(rebalances.get(1).causes()).extracting(Rebalance.Cause::key, Rebalance.Cause::values)
			.containsExactly(tuple("cause.gone", List.of("product1")));
		assertThat(rebalances.get(2).causes()).extracting(Rebalance.Cause::key, Rebalance.Cause::values)
			.containsExactly(tuple("cause.joined", List.of("product1")), tuple("cause.joined", List.of("product2")),
					tuple("cause.nobody", List.of("63")));
	}

	@Test
	void aMemberThatJoinedAndLeftBetweenTwoSnapshotsIsNotIdleUntilNow() {
		look(1, "product1");
		published(1, "PartitionsAssigned", "product2", "t-1", "t-1");
		published(1, "PartitionsRevoked", "product2", "t-1", "");
		look(2, "product1");
		assertThat(lanes(2).get("product2")).last().extracting(OwnedFrom::kind).isEqualTo(ChangeKind.GONE);
	}

	@Test
	void aMemberThatLostItsPartitionsIsNoMemberUntilItHasJoinedAgain() {
		look(1);
		published(1, "PartitionsAssigned", "product1", "t-0", "t-0");
		look(2, "product1");
		look(3);
		assertThat(told()).containsOnlyOnce("event.gone");
		published(3, "PartitionsLost", "product1", "t-0", "");
		look(4);
		assertThat(lanes(4).get("product1")).last().extracting(OwnedFrom::kind).isEqualTo(ChangeKind.GONE);
		published(5, "PartitionsAssigned", "product1", "t-0", "t-0");
		look(6, "product1");
		assertThat(lanes(6).get("product1")).last().extracting(OwnedFrom::kind).isEqualTo(ChangeKind.ASSIGNED);
		assertThat(told()).containsOnlyOnce("event.gone");
	}

	@Test
	void whatAMemberPublishesTakesThePlaceOfWhatSnapshotsHaveShown() {
		look(1);
		look(2, "product1");
		look(3, "product1");
		assertThat(told()).containsExactly("event.seen");
		published(3, "PartitionsAssigned", "product1", "t-0", "t-0");
		look(4, "product1");
		assertThat(told()).containsExactly("event.assigned");
		assertThat(kinds(4)).isEqualTo(Map.of("product1", List.of(ChangeKind.ASSIGNED)));
	}

	private void look(long second, String... members) {
		GroupSnapshot now = new GroupSnapshot(at(second), "product", "Stable", "Consumer", "uniform", 1, 1,
				Arrays.stream(members)
					.map((name) -> new Member(name, name, name, "localhost", 1, List.of("t-0"), List.of("t-0")))
					.toList(),
				List.of());
		this.history.look(now);
		this.changes.compare(this.last, now, true);
		this.last = now;
	}

	private void published(long second, String type, String instance, String partition, String owned) {
		String quoted = owned.isEmpty() ? "" : '"' + owned + '"';
		this.changes.published(AssignmentChanged.parse("""
				{"type":"%s","instance":"%s","partitions":["%s"],"owned":[%s],"epoch":1,"at":"%s"}
				""".formatted(type, instance, partition, quoted, at(second)).getBytes(StandardCharsets.UTF_8))
			.orElseThrow());
	}

	private Map<String, List<OwnedFrom>> lanes(long second) {
		return this.history.timeline(at(second)).lanes();
	}

	private Map<String, List<ChangeKind>> kinds(long second) {
		return lanes(second).entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey,
					(lane) -> lane.getValue().stream().map(OwnedFrom::kind).toList(), (one, other) -> one,
					TreeMap::new));
	}

	private List<String> told() {
		return this.history.feed().values().stream().map(FeedEntry::key).toList();
	}

	private static Instant at(long second) {
		return START.plusSeconds(second);
	}

}
