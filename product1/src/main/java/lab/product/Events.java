package lab.product;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.Lifecycle;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;
import org.springframework.stereotype.Component;

/**
 * Publishes what happened here, as JSON that any reader of the topics understands. It
 * stops after the listener and before the producer, so that the partitions given up on
 * the way out are published too.
 */
@Slf4j
@Component
@RequiredArgsConstructor
public class Events implements Lifecycle {

	private static final RetryTemplate untilAcknowledged = new RetryTemplate(
			RetryPolicy.builder().maxRetries(Long.MAX_VALUE).build());

	private final ProductProperties names;

	private final KafkaTemplate<byte[], byte[]> kafka;

	private final JsonMapper json;

	private final ExecutorService rebalances = Executors.newSingleThreadExecutor((task) -> {
		Thread thread = new Thread(task, "rebalances");
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * The order counts as handled when the result is there: complete once the broker has
	 * acknowledged the event.
	 */
	CompletableFuture<?> publish(OrderHandled event) {
		return send(this.names.handledTopic(), event.orderId().toString(), event);
	}

	/**
	 * Returns at once: a rebalance must wait neither for a topic nor for the broker. The
	 * event is published, in order, when they are there.
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
			untilAcknowledged.execute(() -> send(this.names.rebalancesTopic(), event.instance(), event).get());
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
		// ready since it was made
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
