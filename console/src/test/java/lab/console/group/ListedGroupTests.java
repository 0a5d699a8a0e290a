package lab.console.group;

import java.time.Instant;
import java.util.List;

import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ListedGroupTests {

	@Test
	void addsTheLagsThatAreKnownAndCountsTheOthers() {
		assertThat(listed(new Partition("b", 0, 1, 7L, 9, "m"), new Partition("b", 1, 1, 4L, 9, "m"),
				new Partition("a", 0, 1, null, 5, "m"), new Partition("a", 1, 1, null, 0, "m")))
			.isEqualTo(new ListedGroup("shop", "Consumer", null, "Stable", 1, List.of("b", "a"), 7L, 1));
	}

	@Test
	void aLagThatNobodyKnowsIsNotZero() {
		assertThat(listed(new Partition("a", 0, 1, null, 5, "m")).lag()).isNull();
		assertThat(listed(new Partition("a", 0, 1, 5L, 5, "m")).lag()).isZero();
	}

	@Test
	void membersThatMayNotBeSeenAreNotCounted() {
		GroupSnapshot group = new GroupSnapshot(Instant.EPOCH, "shop", "Stable", "Consumer", null, null, null,
				List.of(), List.of(), null, new GroupSnapshot.Hidden(true, List.of()));
		assertThat(ListedGroup.of(group).members()).isNull();
	}

	private static ListedGroup listed(Partition... partitions) {
		return ListedGroup.of(new GroupSnapshot(Instant.EPOCH, "shop", "Stable", "Consumer", "uniform", 1, 1,
				List.of(new Member("m", "m", "id", "127.0.0.1", 1, List.of("a-0"), null)), List.of(partitions)));
	}

}
