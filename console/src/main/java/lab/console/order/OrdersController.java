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
 * Orders from the page, one after the other, so that it can say which partition each
 * took.
 */
@RestController
@RequestMapping("/api/orders")
public class OrdersController {

	private static final int MOST = 1000;

	private static final int CUSTOMERS = 100;

	private final OrderClient client = new OrderClient(URI.create(OrderClient.URL));

	private final AtomicLong count = new AtomicLong();

	/**
	 * Whose orders they are.
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
	 * That many orders of these customers.
	 */
	record PlaceOrders(int number, Keys keys) {
	}

	/**
	 * Where an order went.
	 */
	record Placed(String id, String message, @Nullable String key, int partition, long offset) {
	}

	/**
	 * The orders, in the order they were placed in.
	 */
	record AllPlaced(List<Placed> placed) {
	}

	@PostMapping
	AllPlaced place(@RequestBody PlaceOrders orders,
			@RequestParam(name = "lang", defaultValue = "en") Messages messages) throws InterruptedException {
		if (orders.number < 1 || orders.number > MOST) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					messages.get("request.number", MOST, orders.number));
		}
		List<Placed> placed = new ArrayList<>();
		for (int i = 0; i < orders.number; i++) {
			String message = "order-" + this.count.incrementAndGet();
			String key = orders.keys.next();
			JsonNode order = this.client.place(message, key, messages);
			placed.add(new Placed(order.path("id").asString(), message, key, order.path("partition").asInt(),
					order.path("offset").asLong()));
		}
		return new AllPlaced(placed);
	}

}
