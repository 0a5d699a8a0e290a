package lab.console.watch;

import java.time.Instant;
import java.util.List;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.watch.GroupView.Traffic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LagHistoryTests {

	private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");

	private final LagHistory history = new LagHistory();

	private @Nullable GroupSnapshot last;

	@Test
	void countsTheRecordsThatWereWrittenBeforeTheWatchBegan() {
		assertThat(look(led(0, 409))).isEqualTo(new Traffic(409, 0));
		assertThat(look(led(0, 412), led(1, 0))).isEqualTo(new Traffic(412, 3));
	}

	@Test
	void countsNoRecordTwiceWhenPartitionsHaveNoLeaderForAWhile() {
		look(led(0, 316), led(1, 300));
		assertThat(look(leaderless(0), led(1, 300))).isEqualTo(new Traffic(616, 0));
		assertThat(look(led(0, 316), leaderless(1))).isEqualTo(new Traffic(616, 0));
		assertThat(look(leaderless(0), leaderless(1))).isEqualTo(new Traffic(616, 0));
		assertThat(look(led(0, 318), led(1, 300))).isEqualTo(new Traffic(618, 2));
	}

	/**
	 * As a classic group does that has never committed, while its members join.
	 */
	@Test
	void countsNoRecordTwiceWhenTheGroupHasNoTopicForAWhile() {
		look(led(0, 400));
		assertThat(look()).as("not 0").isEqualTo(Traffic.UNKNOWN);
		assertThat(look(led(0, 400))).isEqualTo(new Traffic(400, 0));
	}

	@Test
	void countsTheRecordsOfATopicThatWasCreatedAgain() {
		look(led(0, 400));
		assertThat(look(led(0, 5))).isEqualTo(new Traffic(5, 0));
		assertThat(look(led(0, 7))).isEqualTo(new Traffic(7, 2));
	}

	private Traffic look(Partition... partitions) {
		Instant at = (this.last != null) ? this.last.at().plusSeconds(1) : START;
		GroupSnapshot now = new GroupSnapshot(at, "product", "Stable", "Consumer", "uniform", 1, 1, List.of(),
				List.of(partitions));
		this.history.add(this.last, now);
		this.last = now;
		return this.history.traffic();
	}

	private static Partition led(int partition, long end) {
		return new Partition("t", partition, 1, null, end, null);
	}

	private static Partition leaderless(int partition) {
		return new Partition("t", partition, null, null, null, null, null, null, null, null);
	}

}
