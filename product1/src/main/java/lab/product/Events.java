package lab.product;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import lombok.extern.slf4j.Slf4j;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.Lifecycle;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;
import org.springframework.stereotype.Component;

/**
 * Publishes this instance's events as JSON. It stops after the listener and before the
 * producer, so that partitions revoked during the shutdown are published too.
 */
@Slf4j
@Component
public class Events implements Lifecycle {

	private final RetryTemplate untilAcknowledged = new RetryTemplate(
			RetryPolicy.builder().maxRetries(Long.MAX_VALUE).build());

	private final ProductProperties names;

	private final KafkaTemplate<byte[], byte[]> kafka;

	private final JsonMapper json;

	private final ExecutorService rebalances = Executors.newSingleThreadExecutor((task) -> {
		Thread thread = new Thread(task, "rebalances");
		thread.setDaemon(true);
		return thread;
	});

	Events(ProductProperties names, KafkaTemplate<byte[], byte[]> kafka, JsonMapper json) {
		this.names = names;
		this.kafka = kafka;
		this.json = json;
		this.untilAcknowledged.setRetryListener(new RetryListener() {

			@Override
			public void beforeRetry(RetryPolicy policy, Retryable<?> sending, RetryState state) {
				if (state.getExceptions().size() == 1) {
					log.warn("{} cannot publish to {} yet ({}); trying again.", names.instance(),
							names.rebalancesTopic(), Text.rootOf(state.getLastException()));
				}
			}

		});
	}

	/**
	 * Publishes that an order was handled. The result is complete when the broker has
	 * acknowledged the event.
	 */
	CompletableFuture<?> publish(OrderHandled event) {
		return send(this.names.handledTopic(), event.orderId().toString(), event);
	}

	/**
	 * Returns at once, because a rebalance must not wait for a topic or the broker. The
	 * events are published later, in this order, each until the broker has acknowledged
	 * it.
	 */
	public void publish(RebalanceEvent event) {
		try {
			this.rebalances.execute(() -> publishUntilAcknowledged(event));
		}
		catch (RejectedExecutionException ex) {
			tooLate(event);
		}
	}

	private void publishUntilAcknowledged(RebalanceEvent event) {
		try {
			this.untilAcknowledged.execute(() -> send(this.names.rebalancesTopic(), event.instance(), event).get());
		}
		catch (RetryException ex) {
			tooLate(event);
		}
	}

	private static void tooLate(RebalanceEvent event) {
		log.warn("{} stops before this could be published: {}", event.instance(), event);
	}

	private CompletableFuture<SendResult<byte[], byte[]>> send(String topic, String key, Object event) {
		return this.kafka.send(topic, key.getBytes(StandardCharsets.UTF_8), this.json.writeValueAsBytes(event));
	}

	@Override
	public void start() {
		// nothing to start
	}

	@Override
	public void stop() {
		this.rebalances.shutdown();
		try {
			if (!this.rebalances.awaitTermination(500, TimeUnit.MILLISECONDS)) {
				this.rebalances.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return !this.rebalances.isShutdown();
	}

}
