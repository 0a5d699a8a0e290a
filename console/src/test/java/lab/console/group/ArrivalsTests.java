package lab.console.group;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import lab.console.group.GroupSnapshot.Partition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivalsTests {

	private static final Instant START = Instant.parse("2026-11-01T09:00:00Z");

	private final Arrivals arrivals = new Arrivals(Duration.ofMinutes(10));

	@Test
	void theLagAsATimeIsThatOfTheFirstRecordThatIsNotRead() {
		look(0, 5);
		look(10, 5);
		look(11, 8);
		look(20, 9);

		assertThat(unread(9, 9)).as("nothing waits").isNull();
		assertThat(unread(8, 9)).isEqualTo(new Unread(at(20), false));
		assertThat(unread(5, 9)).isEqualTo(new Unread(at(11), false));
		assertThat(unread(4, 9)).as("it was there before the watch began").isEqualTo(new Unread(at(0), true));
		assertThat(unread(null, 9)).as("never committed").isNull();
	}

	@Test
	void anOlderOneHasWaitedForTenMinutesAtLeast() {
		for (int minute = 0; minute <= 20; minute++) {
			look(60 * minute, minute);
		}
		assertThat(unread(15, 20)).isEqualTo(new Unread(at(60 * 16), false));
		assertThat(unread(3, 20)).isEqualTo(new Unread(at(60 * 10), true));
	}

	@Test
	void aTopicThatIsCreatedAgainBeginsAnew() {
		look(0, 100);
		look(5, 3);
		look(9, 4);
		assertThat(unread(3, 4)).isEqualTo(new Unread(at(9), false));
		this.arrivals.look(snapshot(10));
		assertThat(unread(3, 4)).isNull();
	}

	private void look(long second, long end) {
		this.arrivals.look(snapshot(second, partition(0L, end)));
	}

	private @Nullable Unread unread(@Nullable Integer committed, long end) {
		return this.arrivals.unread(partition((committed != null) ? committed.longValue() : null, end));
	}

	private static GroupSnapshot snapshot(long second, Partition... partitions) {
		return new GroupSnapshot(at(second), "product", "Stable", "Consumer", "uniform", 1, 1, List.of(),
				List.of(partitions));
	}

	private static Partition partition(@Nullable Long committed, long end) {
		return new Partition("t", 0, 1, committed, end, null);
	}

	private static Instant at(long second) {
		return START.plusSeconds(second);
	}

}
