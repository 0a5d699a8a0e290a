package lab.console.order;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

import lab.console.terminal.Messages;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Places orders for the page, one after the other, and returns the partition of each.
 */
@RestController
@RequestMapping("/api/orders")
public class OrdersController {

	private static final int MAX_ORDERS = 1000;

	private static final int CUSTOMERS = 100;

	private final OrderClient client = new OrderClient(URI.create(OrderClient.URL));

	private final AtomicLong count = new AtomicLong();

	/**
	 * The customers of the orders: none, always the same one, or random ones.
	 */
	enum Keys {

		NONE, ONE, RANDOM;

		private @Nullable String next() {
			return switch (this) {
				case NONE -> null;
				case ONE -> "kim";
				case RANDOM -> "customer-" + ThreadLocalRandom.current().nextInt(1, CUSTOMERS + 1);
			};
		}

	}

	/**
	 * The body of a request.
	 *
	 * @param number how many orders, 1 to 1000
	 */
	record PlaceOrders(int number, Keys keys) {
	}

	/**
	 * An order and where its record is.
	 *
	 * @param key the customer; null where there is none
	 */
	record PlacedOrder(String id, String message, @Nullable String key, int partition, long offset) {
	}

	/**
	 * The body of the answer.
	 *
	 * @param placed the orders, in the order of placing
	 * @param repetitions how often an order was sent again because the answer to it was
	 * missing
	 */
	record PlacedOrders(List<PlacedOrder> placed, int repetitions) {
	}

	@PostMapping
	PlacedOrders place(@RequestBody PlaceOrders orders,
			@RequestParam(name = "lang", defaultValue = "en") Messages messages) throws InterruptedException {
		if (orders.number < 1 || orders.number > MAX_ORDERS) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					messages.get("request.number", MAX_ORDERS, orders.number));
		}
		List<PlacedOrder> placed = new ArrayList<>();
		List<String> repetitions = new ArrayList<>();
		for (int i = 0; i < orders.number; i++) {
			String message = "order-" + this.count.incrementAndGet();
			String key = orders.keys.next();
			JsonNode order = this.client.place(message, key, messages, repetitions::add);
			placed.add(new PlacedOrder(order.path("id").asString(), message, key, order.path("partition").asInt(),
					order.path("offset").asLong()));
		}
		return new PlacedOrders(placed, repetitions.size());
	}

}
