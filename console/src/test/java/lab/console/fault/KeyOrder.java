package lab.console.fault;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import lab.console.events.OrderHandled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Orders of one key are first handled in the order they were placed in. Orders that are
 * handled again after a crash do not count: of the orders 1, 2, 3 of a key, 1 2 1 2 3 is
 * in order, and 1 3 2 is not.
 */
final class KeyOrder implements Guarantee {

	@Override
	public void verify(List<PlacedOrder> placed, List<OrderHandled> handled) {
		Set<String> first = handled.stream()
			.map(OrderHandled::orderId)
			.collect(Collectors.toCollection(LinkedHashSet::new));
		Map<String, Set<String>> byKey = placed.stream()
			.filter((order) -> order.key() != null)
			.collect(Collectors.groupingBy((order) -> String.valueOf(order.key()), TreeMap::new,
					Collectors.mapping(PlacedOrder::id, Collectors.toCollection(LinkedHashSet::new))));
		byKey
			.forEach((key, expected) -> assertThat(first).as("orders of key %s, in the order they were handled in", key)
				.filteredOn(expected::contains)
				.containsExactlyElementsOf(expected));
	}

}
