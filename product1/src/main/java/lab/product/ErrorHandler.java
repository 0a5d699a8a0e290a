package lab.product;

import lab.product.membership.Membership;
import org.apache.kafka.clients.consumer.Consumer;

import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOff;

/**
 * Where it is no record that fails, the group refuses its member, and {@link Membership}
 * has to do with it. Its logger, off in product.yml, is this class's.
 */
class ErrorHandler extends DefaultErrorHandler {

	private final Membership membership;

	ErrorHandler(ConsumerRecordRecoverer recoverer, BackOff backOff, Membership membership) {
		super(recoverer, backOff);
		this.membership = membership;
	}

	@Override
	public void handleOtherException(Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container,
			boolean batchListener) {
		this.membership.refused(thrown);
		container.stop(() -> {
		});
	}

}
