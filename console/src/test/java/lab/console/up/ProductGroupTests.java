package lab.console.up;

import java.time.Instant;
import java.util.List;

import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProductGroupTests {

	private static final Partition OWNED = new Partition("topic_example", 0, 1, null, 0, "product1");

	private static final Partition UNOWNED = new Partition("topic_example", 1, 1, null, 0, null);

	@Test
	void isAssignedWhenEachPartitionHasAReader() {
		assertThat(ProductGroup.assigned(group(OWNED, UNOWNED), 2, true)).isFalse();
		assertThat(ProductGroup.assigned(group(OWNED), 2, true)).isTrue();
		assertThat(ProductGroup.assigned(group(OWNED), 3, true)).isFalse();
	}

	/**
	 * The members can be there before the topic is.
	 */
	@Test
	void isNotAssignedBeforeTheTopicExists() {
		assertThat(ProductGroup.assigned(group(), 2, true)).isFalse();
		assertThat(ProductGroup.assigned(group(), 2, false)).isTrue();
	}

	private static GroupSnapshot group(Partition... partitions) {
		return new GroupSnapshot(Instant.EPOCH, "product_group", "Stable", "Consumer", "uniform", 2, 2,
				List.of(new Member("product1", "product1", "m1", "localhost", 2, List.of("topic_example-0"), null),
						new Member("product2", "product2", "m2", "localhost", 2, List.of(), null)),
				List.of(partitions));
	}

}
