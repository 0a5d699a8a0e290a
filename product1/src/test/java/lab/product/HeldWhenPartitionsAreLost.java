package lab.product;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Holds the thread of Kafka's client that logs the end of the callback for lost
 * partitions, so that it is slow to let go of the records that it has fetched of them.
 */
final class HeldWhenPartitionsAreLost extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private static final Logger logger = (Logger) LoggerFactory
		.getLogger("org.apache.kafka.clients.consumer.internals.ConsumerMembershipManager");

	/**
	 * Holds it until this is closed, in the instances that have started.
	 */
	static HeldWhenPartitionsAreLost install() {
		logger.setAdditive(false);
		logger.setLevel(Level.DEBUG);
		HeldWhenPartitionsAreLost appender = new HeldWhenPartitionsAreLost();
		appender.start();
		logger.addAppender(appender);
		return appender;
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getFormattedMessage().contains("onPartitionsLost method completed")) {
			LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
		}
	}

	@Override
	public void close() {
		logger.detachAppender(this);
		logger.setLevel(Level.OFF);
	}

}
