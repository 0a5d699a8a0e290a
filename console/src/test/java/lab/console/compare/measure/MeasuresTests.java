package lab.console.compare.measure;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is found in a history that was recorded of a real group, as it is and with
 * something done to it. In it a topic grew from one partition to two: member1 kept
 * partition 0, member2 was given partition 1.
 */
class MeasuresTests {

	private Recording recorded;

	@BeforeEach
	void read() throws IOException {
		try (InputStream file = getClass().getResourceAsStream("/histories/growth.json")) {
			this.recorded = JsonMapper.builder().build().readValue(file, Recording.class);
		}
	}

	@Test
	void findsNothingInACleanHistory() {
		Measures measures = Measures.of(this.recorded);
		assertThat(measures.lost()).isZero();
		assertThat(measures.twice()).isZero();
		assertThat(measures.disordered()).isZero();
		assertThat(measures.movedNeedlessly()).isZero();
	}

	@Test
	void measuresUntilTheNewPartitionHasItsOwner() {
		Instant given = this.recorded.changes()
			.stream()
			.filter((change) -> change.owned().equals(Set.of(1)))
			.findFirst()
			.orElseThrow()
			.at();
		Measures measures = Measures.of(this.recorded);
		assertThat(measures.reassignedMs()).isEqualTo(sinceAction(given));
		assertThat(measures.handledMs()).isEqualTo(sinceAction(firstHandledOf(1)));
	}

	@Test
	void findsALoss() {
		HandledRecord some = handled(20);
		Measures measures = Measures.of(withHandled((handled) -> without(handled, some)));
		assertThat(measures.lost()).isEqualTo(1);
		assertThat(measures.twice()).isZero();
	}

	@Test
	void findsADuplicate() {
		HandledRecord some = handled(20);
		Measures measures = Measures.of(withHandled((handled) -> with(handled, some)));
		assertThat(measures.twice()).isEqualTo(1);
		assertThat(measures.lost()).isZero();
		assertThat(measures.disordered()).as("what is repeated was in order the first time").isZero();
	}

	@Test
	void findsAReordering() {
		AcknowledgedRecord one = this.recorded.placed().get(0);
		AcknowledgedRecord next = this.recorded.placed()
			.stream()
			.filter((placed) -> placed.key().equals(one.key()) && placed.number() > one.number())
			.findFirst()
			.orElseThrow();
		Measures measures = Measures.of(withHandled((handled) -> {
			List<HandledRecord> all = new ArrayList<>(handled);
			Collections.swap(all, indexOf(all, one.id()), indexOf(all, next.id()));
			return all;
		}));
		assertThat(measures.disordered()).isEqualTo(1);
		assertThat(measures.lost()).isZero();
	}

	@Test
	void findsThatAPartitionHadNoOwnerForLonger() {
		long before = Measures.of(this.recorded).reassignedMs();
		Measures measures = Measures
			.of(withChanges(this.recorded.changes()
				.stream()
				.map((change) -> change.owned().equals(Set.of(1)) ? new OwnershipChange(change.type(), change.member(),
						change.owned(), change.at().plusMillis(150)) : change)
				.toList()));
		assertThat(measures.reassignedMs()).isEqualTo(before + 150);
	}

	@Test
	void findsThatAPartitionWasWithoutItsOwnerOnceMore() {
		Instant gone = this.recorded.end().minusMillis(300);
		Measures measures = Measures.of(withChanges(
				with(with(this.recorded.changes(), new OwnershipChange("PartitionsRevoked", "member1", Set.of(), gone)),
						new OwnershipChange("PartitionsAssigned", "member1", Set.of(0), gone.plusMillis(100)))));
		assertThat(measures.reassignedMs()).isEqualTo(sinceAction(gone.plusMillis(100)));
		assertThat(measures.movedNeedlessly()).as("back at the same member").isZero();
	}

	@Test
	void findsTwoOwnersAtOnce() {
		Instant both = this.recorded.end().minusMillis(300);
		Measures measures = Measures.of(withChanges(with(
				with(this.recorded.changes(), new OwnershipChange("PartitionsAssigned", "member2", Set.of(0, 1), both)),
				new OwnershipChange("PartitionsRevoked", "member2", Set.of(1), both.plusMillis(100)))));
		assertThat(measures.reassignedMs()).isEqualTo(sinceAction(both.plusMillis(100)));
	}

	@Test
	void findsThatAPartitionMovedWithoutNeed() {
		Instant swap = this.recorded.end().minusMillis(300);
		List<OwnershipChange> changes = with(
				with(this.recorded.changes(), new OwnershipChange("PartitionsAssigned", "member1", Set.of(1), swap)),
				new OwnershipChange("PartitionsAssigned", "member2", Set.of(0), swap));
		assertThat(Measures.of(withChanges(changes)).movedNeedlessly()).isEqualTo(1);
		Recording needed = new Recording(this.recorded.action(), this.recorded.until(), this.recorded.end(), 1, 2,
				false, Set.of(), Map.of(), 1, this.recorded.placed(), this.recorded.handled(), changes);
		assertThat(Measures.of(needed).movedNeedlessly()).as("one move was needed").isZero();
	}

	@Test
	void findsThatAPartitionStoodStill() {
		long before = Objects.requireNonNull(Measures.of(this.recorded).stoodStillMs());
		Instant from = this.recorded.action();
		Instant to = from.plusMillis(before + 400);
		Measures measures = Measures.of(withHandled((handled) -> handled.stream()
			.filter((one) -> one.partition() != 0 || one.at().isBefore(from) || one.at().isAfter(to))
			.toList()));
		assertThat(measures.stoodStillMs()).isGreaterThanOrEqualTo(before + 400);
		assertThat(measures.longestGapMs()).isEqualTo(measures.stoodStillMs());
	}

	@Test
	void doesNotHoldAgainstTheActionThatTheTouchedMembersPartitionStoodStill() {
		Recording touched = new Recording(this.recorded.action(), this.recorded.until(), this.recorded.end(), 1, 2,
				false, Set.of("member1"), Map.of(), 0, this.recorded.placed(), this.recorded.handled(),
				this.recorded.changes());
		assertThat(Measures.of(touched).stoodStillMs()).isNull();
		assertThat(Measures.of(touched).longestGapMs()).isNotNull();
	}

	@Test
	void whoIsSilencedOwnsNothingUntilItSpeaksAgain() {
		Instant silence = this.recorded.action();
		Instant back = this.recorded.end().minusMillis(100);
		Recording killed = new Recording(silence, this.recorded.end(), this.recorded.end(), 1, 1, false,
				Set.of("member1"), Map.of("member1", silence), 0, this.recorded.placed(), this.recorded.handled(),
				with(this.recorded.changes(), new OwnershipChange("PartitionsAssigned", "member1", Set.of(0), back)));
		assertThat(Measures.of(killed).reassignedMs()).isEqualTo(sinceAction(back));
	}

	private long sinceAction(Instant at) {
		return Duration.between(this.recorded.action(), at).toMillis();
	}

	private Instant firstHandledOf(int partition) {
		return this.recorded.handled()
			.stream()
			.filter((handled) -> handled.partition() == partition)
			.findFirst()
			.orElseThrow()
			.at();
	}

	private HandledRecord handled(int index) {
		return this.recorded.handled().get(index);
	}

	private static int indexOf(List<HandledRecord> handled, String id) {
		return handled.stream().map(HandledRecord::id).toList().indexOf(id);
	}

	private Recording withHandled(UnaryOperator<List<HandledRecord>> change) {
		return new Recording(this.recorded.action(), this.recorded.until(), this.recorded.end(), 1, 2, false, Set.of(),
				Map.of(), 0, this.recorded.placed(), change.apply(this.recorded.handled()), this.recorded.changes());
	}

	private Recording withChanges(List<OwnershipChange> changes) {
		return new Recording(this.recorded.action(), this.recorded.until(), this.recorded.end(), 1, 2, false, Set.of(),
				Map.of(), 0, this.recorded.placed(), this.recorded.handled(), changes);
	}

	private static <T> List<T> with(List<T> some, T more) {
		List<T> all = new ArrayList<>(some);
		all.add(more);
		return all;
	}

	private static <T> List<T> without(List<T> all, T one) {
		return all.stream().filter((each) -> !Objects.equals(each, one)).toList();
	}

}
