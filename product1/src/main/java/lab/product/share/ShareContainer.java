package lab.product.share;

import org.springframework.kafka.core.ShareConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ShareKafkaMessageListenerContainer;

/**
 * Does not hold up the shutdown of the application. Spring's container waits in the
 * shutdown's thread until the order in hand is handled and the consumer is closed, for
 * which {@code spring.lifecycle.timeout-per-shutdown-phase} is then no limit: with a
 * broker that does not answer, 16 s were seen.
 */
class ShareContainer extends ShareKafkaMessageListenerContainer<byte[], byte[]> {

	ShareContainer(ShareConsumerFactory<byte[], byte[]> consumers, String topic) {
		super(consumers, new ContainerProperties(topic));
	}

	/**
	 * Returns at once.
	 * @param callback called when the container has stopped
	 */
	@Override
	public void stop(Runnable callback) {
		Thread stopping = new Thread(() -> super.stop(callback), "stopping " + getListenerId());
		stopping.setDaemon(true);
		stopping.start();
	}

	/**
	 * Stops the container, and does not wait for one that is being stopped.
	 */
	@Override
	public void destroy() {
		if (isRunning()) {
			super.destroy();
		}
	}

}
