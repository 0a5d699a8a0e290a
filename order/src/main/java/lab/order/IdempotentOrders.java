package lab.order;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/**
 * Places an order once, however often it is sent with the same {@link IdempotencyKey}.
 * <p>
 * An order that was acknowledged is not sent to Kafka again: a repetition gets the first
 * answer. An order that may or may not have been recorded is sent again under the same
 * id, and so is one whose answer is no longer remembered: the memory is limited in size
 * and time, and is lost when this process ends. Then a topic can have two records of an
 * order, with the same id, and another order with the same key can no longer be told from
 * a repetition. If a repetition is refused then, the answer that the order was not
 * recorded is true of this attempt alone.
 */
@Component
class IdempotentOrders {

	private final Orders orders;

	private final int maximumSize;

	/** The orders that wait for their acknowledgement, by id. */
	private final ConcurrentMap<UUID, PlaceOrder> inFlight = new ConcurrentHashMap<>();

	private final Cache<UUID, Sent> sent;

	private final Policy.FixedExpiration<UUID, Sent> sentByAge;

	IdempotentOrders(Orders orders, OrderProperties properties) {
		this.orders = orders;
		this.maximumSize = properties.idempotency().maximumSize();
		this.sent = Caffeine.newBuilder().expireAfterWrite(properties.idempotency().timeToLive()).build();
		this.sentByAge = this.sent.policy().expireAfterWrite().orElseThrow();
	}

	/**
	 * Places an order, or returns where it was placed.
	 * @param key the client's name for the order, or null if it will not be repeated
	 * @return as of {@link Orders#place}
	 * @throws ErrorResponseException with 422 if another order was sent with this key,
	 * with 409 if the order still waits for its acknowledgement, or as
	 * {@link Orders#place}
	 */
	CompletableFuture<PlacedOrder> place(PlaceOrder order, @Nullable IdempotencyKey key) {
		if (key == null) {
			return this.orders.place(order, null);
		}
		UUID id = key.orderId();
		PlaceOrder waiting = this.inFlight.putIfAbsent(id, order);
		if (waiting != null) {
			requireSame(order, waiting);
			throw stillInFlight();
		}
		try {
			return placeOnce(order, key).whenComplete((placed, failure) -> this.inFlight.remove(id));
		}
		catch (RuntimeException ex) {
			this.inFlight.remove(id);
			throw ex;
		}
	}

	private CompletableFuture<PlacedOrder> placeOnce(PlaceOrder order, IdempotencyKey key) {
		Sent before = this.sent.getIfPresent(key.orderId());
		if (before != null) {
			requireSame(order, before.order());
			if (before.placed() != null) {
				return CompletableFuture.completedFuture(before.placed());
			}
		}
		try {
			return this.orders.place(order, key)
				.whenComplete((placed, failure) -> remember(key.orderId(), new Sent(order, placed)));
		}
		catch (OrderNotPlacedException ex) {
			if (before != null) {
				throw OrderNotPlacedException.unsure(key.orderId(), key,
						"this attempt was not recorded, an earlier one may have been.", ex);
			}
			throw ex;
		}
	}

	/**
	 * Caffeine's own limit of the size is not used: it keeps what is read often, so that
	 * once the memory is full, new answers would be forgotten first.
	 */
	private void remember(UUID id, Sent order) {
		this.sent.put(id, order);
		if (this.sent.estimatedSize() > this.maximumSize) {
			this.sent.cleanUp();
			int excess = (int) this.sent.estimatedSize() - this.maximumSize;
			this.sent.invalidateAll(this.sentByAge.oldest(Math.max(excess, 0)).keySet());
		}
	}

	private static void requireSame(PlaceOrder order, PlaceOrder before) {
		if (!order.equals(before)) {
			throw new ErrorResponseException(HttpStatus.UNPROCESSABLE_CONTENT,
					ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT,
							"Another order was sent with this %s. Use a new one for each order."
								.formatted(IdempotencyKey.HEADER)),
					null);
		}
	}

	private static ErrorResponseException stillInFlight() {
		ErrorResponseException conflict = new ErrorResponseException(HttpStatus.CONFLICT,
				ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT,
						"The order with this %s still waits for Kafka. Repeat it for its outcome."
							.formatted(IdempotencyKey.HEADER)),
				null);
		conflict.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
		return conflict;
	}

	/**
	 * An order that was sent to Kafka.
	 *
	 * @param placed where it is, or null if it may or may not have been recorded
	 */
	private record Sent(PlaceOrder order, @Nullable PlacedOrder placed) {
	}

}
