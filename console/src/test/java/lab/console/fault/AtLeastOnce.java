package lab.console.fault;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import lab.console.events.OrderHandled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No order is lost. After a crash an order may be handled again.
 */
public final class AtLeastOnce implements Guarantee {

	@Override
	public void verify(List<PlacedOrder> placed, List<OrderHandled> handled) {
		Set<String> ids = handled.stream().map(OrderHandled::orderId).collect(Collectors.toSet());
		assertThat(placed).as("orders that were placed and never handled")
			.filteredOn((order) -> !ids.contains(order.id()))
			.isEmpty();
	}

}
