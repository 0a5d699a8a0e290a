package lab.console.fault;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import lab.console.events.OrderHandled;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Each guarantee finds the history or the assignment that breaks it, and no other.
 */
class GuaranteeTests {

	private final PlacedOrder first = order("kim");

	private final PlacedOrder second = order("kim");

	private final PlacedOrder keyless = order(null);

	private final List<PlacedOrder> placed = List.of(this.first, this.second, this.keyless);

	@Test
	void nothingIsFoundInACleanHistory() {
		List<OrderHandled> handled = handled(this.keyless, this.first, this.second);
		assertThatNoException().isThrownBy(() -> {
			new AtLeastOnce().verify(this.placed, handled);
			new HandledOnce().verify(this.placed, handled);
			new KeyOrder().verify(this.placed, handled);
		});
	}

	@Test
	void aLostOrderIsFound() {
		assertBroken(new AtLeastOnce(), handled(this.first, this.keyless));
		assertBroken(new HandledOnce(), handled(this.first, this.keyless));
	}

	@Test
	void aRepeatedOrderIsFound() {
		assertBroken(new HandledOnce(), handled(this.first, this.second, this.keyless, this.first));
	}

	@Test
	void ordersOfOneKeyInTheWrongOrderAreFound() {
		assertBroken(new KeyOrder(), handled(this.second, this.first, this.keyless));
	}

	@Test
	void aRepetitionDoesNotBreakTheOrderOfAKey() {
		assertThatNoException().isThrownBy(
				() -> new KeyOrder().verify(this.placed, handled(this.first, this.second, this.first, this.second)));
	}

	@Test
	void aPartitionWithTwoOwnersOrNoneIsFound() {
		assertThatNoException()
			.isThrownBy(() -> new OneOwnerPerPartition().verify(group(List.of("t-0"), List.of("t-1"))));
		assertBroken(new OneOwnerPerPartition(), group(List.of("t-0", "t-1"), List.of("t-1")));
		assertBroken(new OneOwnerPerPartition(), group(List.of("t-0"), List.of()));
	}

	@Test
	void anIdleMemberOfAShareGroupAndAPartitionThatNobodyReadsAreFound() {
		assertThatNoException()
			.isThrownBy(() -> new EveryMemberReads().verify(group(List.of("t-0", "t-1"), List.of("t-1"))));
		assertBroken(new EveryMemberReads(), group(List.of("t-0", "t-1"), List.of()));
		assertBroken(new EveryMemberReads(), group(List.of("t-0"), List.of("t-0")));
	}

	private static void assertBroken(AssignmentGuarantee guarantee, GroupSnapshot group) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> guarantee.verify(group));
	}

	/**
	 * Two members of a topic with two partitions.
	 */
	private static GroupSnapshot group(List<String> first, List<String> second) {
		return new GroupSnapshot(Instant.EPOCH, "product", "Stable", "Consumer", "uniform", 2, 2,
				List.of(new Member("product1", "product1", "m1", "localhost", 2, first, first),
						new Member("product2", "product2", "m2", "localhost", 2, second, second)),
				List.of(new Partition("t", 0, 1, null, 0, null), new Partition("t", 1, 1, null, 0, null)));
	}

	private void assertBroken(Guarantee guarantee, List<OrderHandled> handled) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> guarantee.verify(this.placed, handled));
	}

	private static PlacedOrder order(@Nullable String key) {
		return new PlacedOrder(UUID.randomUUID().toString(), key, "orders", 0, 0);
	}

	private static List<OrderHandled> handled(PlacedOrder... orders) {
		return Stream.of(orders)
			.map((order) -> new OrderHandled(order.id(), null, "product1", 0, 0, Instant.EPOCH, false))
			.toList();
	}

}
