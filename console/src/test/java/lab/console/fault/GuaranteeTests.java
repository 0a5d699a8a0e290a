package lab.console.fault;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * The guarantees themselves: each finds what it is there to find.
 */
class GuaranteeTests {

	private final Order first = order("kim");

	private final Order second = order("kim");

	private final Order keyless = order(null);

	private final List<Order> placed = List.of(this.first, this.second, this.keyless);

	@Test
	void nothingIsFoundInACleanHistory() {
		List<Handled> handled = handled(this.keyless, this.first, this.second);
		assertThatNoException().isThrownBy(() -> {
			Guarantee.AT_LEAST_ONCE.verify(this.placed, handled);
			Guarantee.ONCE.verify(this.placed, handled);
			Guarantee.KEY_ORDER.verify(this.placed, handled);
		});
	}

	@Test
	void aLostOrderIsFound() {
		assertBroken(Guarantee.AT_LEAST_ONCE, handled(this.first, this.keyless));
		assertBroken(Guarantee.ONCE, handled(this.first, this.keyless));
	}

	@Test
	void aRepeatedOrderIsFound() {
		assertBroken(Guarantee.ONCE, handled(this.first, this.second, this.keyless, this.first));
	}

	@Test
	void ordersOfOneKeyInTheWrongOrderAreFound() {
		assertBroken(Guarantee.KEY_ORDER, handled(this.second, this.first, this.keyless));
	}

	@Test
	void aRepetitionDoesNotBreakTheOrderOfAKey() {
		assertThatNoException().isThrownBy(() -> Guarantee.KEY_ORDER.verify(this.placed,
				handled(this.first, this.second, this.first, this.second)));
	}

	private void assertBroken(Guarantee guarantee, List<Handled> handled) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> guarantee.verify(this.placed, handled));
	}

	private static Order order(String key) {
		return new Order(UUID.randomUUID(), key, "orders", 0, 0);
	}

	private static List<Handled> handled(Order... orders) {
		return List.of(orders).stream().map((order) -> new Handled(order.id(), "product1", 0, 0)).toList();
	}

}
