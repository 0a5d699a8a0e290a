package lab.console.fault;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a group promises of the orders that were placed, whatever happened to its members
 * meanwhile. Scenarios share these.
 */
public interface Guarantee {

	/**
	 * @param placed every order that was answered with 201
	 * @param handled what the products published of them, in the order of publishing
	 */
	void verify(List<Order> placed, List<Handled> handled);

	/**
	 * No order is lost; after a crash one may be handled again.
	 */
	Guarantee AT_LEAST_ONCE = (placed, handled) -> {
		Set<UUID> ids = handled.stream().map(Handled::orderId).collect(Collectors.toSet());
		assertThat(placed).as("orders that were placed and never handled")
			.filteredOn((order) -> !ids.contains(order.id()))
			.isEmpty();
	};

	/**
	 * No order is lost and none is handled twice, which holds as long as nobody crashes.
	 */
	Guarantee ONCE = (placed, handled) -> {
		AT_LEAST_ONCE.verify(placed, handled);
		assertThat(handled).as("orders, each handled once").extracting(Handled::orderId).doesNotHaveDuplicates();
	};

	/**
	 * Orders of one key are handled in the order they were placed in; what a crash
	 * repeats is left out of account.
	 */
	Guarantee KEY_ORDER = (placed, handled) -> {
		Set<UUID> seen = new HashSet<>();
		List<UUID> first = handled.stream().map(Handled::orderId).filter(seen::add).toList();
		Map<String, List<Order>> byKey = placed.stream()
			.filter((order) -> order.key() != null)
			.collect(Collectors.groupingBy((order) -> String.valueOf(order.key()), TreeMap::new, Collectors.toList()));
		byKey.forEach((key, orders) -> {
			List<UUID> expected = orders.stream().map(Order::id).toList();
			assertThat(first).as("orders of key %s, in the order they were handled in", key)
				.filteredOn(expected::contains)
				.isEqualTo(expected);
		});
	};

}
