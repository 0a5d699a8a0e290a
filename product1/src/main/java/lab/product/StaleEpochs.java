package lab.product;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import lombok.RequiredArgsConstructor;
import lombok.experimental.Delegate;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.context.annotation.Profile;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Commits again when the coordinator has refused the member's epoch because it was just
 * increased.
 * <p>
 * Under KIP-848 the answer to a heartbeat brings the new epoch, and a commit can be on
 * its way meanwhile. For Kafka 4.2 that commit has failed, as if the member had left the
 * group, and the container drops its offsets: the last orders before a pause would not be
 * committed until another one came.
 */
@Component
@Profile("!share")
class StaleEpochs implements DefaultKafkaConsumerFactoryCustomizer {

	/**
	 * The answer with the new epoch is on its way. If none comes, the member is out of
	 * the group, and learns of it in its next poll only.
	 */
	private static final int ATTEMPTS = 4;

	private static final Duration BEFORE_NEXT_ATTEMPT = Duration.ofMillis(100);

	@Override
	public void customize(DefaultKafkaConsumerFactory<?, ?> factory) {
		addTo(factory);
	}

	private <K, V> void addTo(DefaultKafkaConsumerFactory<K, V> factory) {
		factory.addPostProcessor(CommitAgain::new);
	}

	/**
	 * Kafka has no exception of its own for it.
	 */
	private static boolean isStale(CommitFailedException ex) {
		return String.valueOf(ex.getMessage()).startsWith("OffsetCommit failed with stale member epoch.");
	}

	@RequiredArgsConstructor
	private static final class CommitAgain<K, V> implements Consumer<K, V> {

		@Delegate(excludes = Changed.class)
		private final Consumer<K, V> consumer;

		@Override
		public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
			for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
				try {
					this.consumer.commitSync(offsets, timeout);
					return;
				}
				catch (CommitFailedException ex) {
					if (!isStale(ex)) {
						throw ex;
					}
				}
				pause();
			}
			this.consumer.commitSync(offsets, timeout);
		}

		private static void pause() {
			try {
				TimeUnit.NANOSECONDS.sleep(BEFORE_NEXT_ATTEMPT.toNanos());
			}
			catch (InterruptedException ex) {
				throw new InterruptException(ex);
			}
		}

	}

	private interface Changed {

		void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout);

	}

}
