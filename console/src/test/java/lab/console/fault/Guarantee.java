package lab.console.fault;

import java.util.List;

import lab.console.events.OrderHandled;

/**
 * What a group promises about the orders that were placed, whatever happened to its
 * members meanwhile.
 */
public interface Guarantee {

	/**
	 * Verifies the guarantee.
	 * @param placed every order that was answered with 201, in the order of placing
	 * @param handled what the products published of them, in the order of publishing
	 * @throws AssertionError naming the orders that break the guarantee
	 */
	void verify(List<PlacedOrder> placed, List<OrderHandled> handled);

}
