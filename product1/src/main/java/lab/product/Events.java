package lab.product;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.Lifecycle;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;
import org.springframework.stereotype.Component;

/**
 * Publishes this instance's events as JSON. It stops after the listener and before the
 * producer, so that partitions revoked during the shutdown are published too.
 */
@Slf4j
@Component
@RequiredArgsConstructor
public class Events implements Lifecycle {

	/**
	 * How long a stop waits for the events in the queue.
	 */
	static final Duration STOP_WITHIN = Duration.ofMillis(500);

	private static final Duration BEFORE_NEXT_ATTEMPT = Duration.ofSeconds(1);

	private final ProductProperties names;

	private final KafkaTemplate<byte[], byte[]> kafka;

	private final JsonMapper json;

	private final ExecutorService rebalances = Executors.newSingleThreadExecutor((task) -> {
		Thread thread = new Thread(task, "rebalances");
		thread.setDaemon(true);
		return thread;
	});

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
			this.rebalances.execute(new Publication(event));
		}
		catch (RejectedExecutionException ex) {
			tooLate(event);
		}
	}

	private void publishUntilAcknowledged(RebalanceEvent event) {
		try {
			for (boolean first = true; !isPublished(event, first); first = false) {
				TimeUnit.NANOSECONDS.sleep(BEFORE_NEXT_ATTEMPT.toNanos());
			}
		}
		catch (InterruptedException ex) {
			tooLate(event);
		}
	}

	private boolean isPublished(RebalanceEvent event, boolean first) throws InterruptedException {
		try {
			send(this.names.rebalancesTopic(), event.instance(), event).get();
			return true;
		}
		catch (ExecutionException | RuntimeException ex) {
			if (first) {
				log.warn("{} cannot publish to {} yet ({}); trying again.", this.names.instance(),
						this.names.rebalancesTopic(), Text.rootOf(ex));
			}
			return false;
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
			if (!this.rebalances.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
				this.rebalances.shutdownNow().forEach((queued) -> tooLate(((Publication) queued).event));
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

	/**
	 * An event in the queue.
	 */
	@RequiredArgsConstructor
	private final class Publication implements Runnable {

		private final RebalanceEvent event;

		@Override
		public void run() {
			publishUntilAcknowledged(this.event);
		}

	}

}
