package lab.product;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * How long handling an order takes on top. It can be changed while the instance runs, so
 * that a consumer becomes slow, falls behind and catches up before one's eyes.
 */
@Component
class HandlingTime {

	/**
	 * How soon a wait notices that it is to be another, or that the instance is to stop.
	 */
	private static final Duration GLANCE = Duration.ofMillis(50);

	private final KafkaListenerEndpointRegistry listeners;

	private volatile Duration time;

	HandlingTime(ProductProperties properties, KafkaListenerEndpointRegistry listeners) {
		this.time = properties.handlingTime();
		this.listeners = listeners;
	}

	Duration get() {
		return this.time;
	}

	/**
	 * From now on, also for the order in hand.
	 */
	void set(Duration time) {
		this.time = time;
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
			TimeUnit.NANOSECONDS.sleep(Math.min(left, GLANCE.toNanos()));
		}
	}

	private long left(long start) {
		return this.time.toNanos() - (System.nanoTime() - start);
	}

}
