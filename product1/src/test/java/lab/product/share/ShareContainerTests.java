package lab.product.share;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.kafka.core.DefaultShareConsumerFactory;
import org.springframework.kafka.listener.MessageListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ShareContainerTests {

	@Test
	@Timeout(60)
	void theShutdownGoesOnWhileTheListenerIsBusy() {
		CountDownLatch busy = new CountDownLatch(1);
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		BusyContainer container = new BusyContainer(busy);
		container.start();
		container.stop(() -> stopped.complete(null));
		await("the container is being stopped").atMost(Duration.ofMinutes(1)).until(() -> !container.isRunning());
		container.destroy();
		assertThat(stopped).isNotDone();
		busy.countDown();
		await("the container has stopped").atMost(Duration.ofMinutes(1)).until(stopped::isDone);
	}

	/**
	 * A container whose listener does not come back before the latch is open.
	 */
	private static final class BusyContainer extends ShareContainer {

		private final CountDownLatch busy;

		private BusyContainer(CountDownLatch busy) {
			super(new DefaultShareConsumerFactory<>(Map.of()), "orders");
			this.busy = busy;
			setupMessageListener((MessageListener<byte[], byte[]>) (order) -> {
			});
		}

		@Override
		protected void doStart() {
			setRunning(true);
		}

		@Override
		protected void doStop() {
			setRunning(false);
			try {
				this.busy.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
