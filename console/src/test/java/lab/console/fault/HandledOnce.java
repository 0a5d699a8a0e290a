package lab.console.fault;

import java.util.List;

import lab.console.events.OrderHandled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No order is lost and none is handled twice, which a group promises as long as no member
 * crashes.
 */
final class HandledOnce implements Guarantee {

	@Override
	public void verify(List<PlacedOrder> placed, List<OrderHandled> handled) {
		new AtLeastOnce().verify(placed, handled);
		assertThat(handled).as("orders, each handled once").extracting(OrderHandled::orderId).doesNotHaveDuplicates();
	}

}
