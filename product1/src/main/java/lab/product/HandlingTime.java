package lab.product;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import lombok.extern.slf4j.Slf4j;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeTypeUtils;

/**
 * How much longer this instance takes for each order, so that a slow consumer and its lag
 * can be seen. {@code GET} and {@code POST /actuator/handling} read and change it while
 * the instance runs.
 */
@Slf4j
@Component
@WebEndpoint(id = "handling")
class HandlingTime {

	/** How often a wait checks for a new time or a stop. */
	private static final Duration CHECK_INTERVAL = Duration.ofMillis(50);

	private static final int MAX_MS = ProductProperties.MAX_HANDLING_SECONDS * 1000;

	private final ProductProperties names;

	private final KafkaListenerEndpointRegistry listeners;

	private volatile Duration time;

	HandlingTime(ProductProperties names, KafkaListenerEndpointRegistry listeners) {
		this.names = names;
		this.listeners = listeners;
		this.time = names.handlingTime();
	}

	/**
	 * Returns when the time has passed, or at once when the listener is to stop: the
	 * order in hand is still handled and committed, and the instance leaves its group
	 * without delay.
	 */
	void await() throws InterruptedException {
		long start = System.nanoTime();
		MessageListenerContainer orders = this.listeners.getListenerContainer(Orders.LISTENER);
		for (long left = left(start); left > 0 && orders != null && orders.isRunning(); left = left(start)) {
			TimeUnit.NANOSECONDS.sleep(Math.min(left, CHECK_INTERVAL.toNanos()));
		}
	}

	private long left(long start) {
		return this.time.toNanos() - (System.nanoTime() - start);
	}

	@ReadOperation
	Description handling() {
		return new Description(this.names.instance(), this.time.toMillis());
	}

	/**
	 * Sets the time, also for the order in hand.
	 * @param handlingMs milliseconds, from 0 to 5,000; a String, so that anything else is
	 * answered with 400 and a clear problem detail
	 */
	@WriteOperation
	WebEndpointResponse<?> handle(@Nullable String handlingMs) {
		if (handlingMs == null || !handlingMs.matches("[0-9]{1,5}") || Integer.parseInt(handlingMs) > MAX_MS) {
			ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
					"handlingMs is the time that an order takes in milliseconds, from 0 to %d (more would exceed max.poll.interval.ms), such as {\"handlingMs\": 200}."
						.formatted(MAX_MS));
			return new WebEndpointResponse<>(problem, WebEndpointResponse.STATUS_BAD_REQUEST,
					MimeTypeUtils.parseMimeType("application/problem+json"));
		}
		this.time = Duration.ofMillis(Integer.parseInt(handlingMs));
		log.info("{} takes {} ms for an order from now on.", this.names.instance(), handlingMs);
		return new WebEndpointResponse<>(handling());
	}

	/**
	 * @param handlingMs how much longer each order takes, in milliseconds
	 */
	record Description(String instance, long handlingMs) {
	}

}
