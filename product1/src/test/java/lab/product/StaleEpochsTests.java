package lab.product;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A commit that the coordinator refuses, in the words of Kafka's client.
 */
class StaleEpochsTests {

	private static final TopicPartition ZERO = new TopicPartition("topic_example", 0);

	private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS = Map.of(ZERO, new OffsetAndMetadata(7));

	private static final String STALE = "OffsetCommit failed with stale member epoch. "
			+ "The member epoch is stale. The member must retry after receiving its updated member epoch via the ConsumerGroupHeartbeat API.";

	private final Refusing refusing = new Refusing();

	@Test
	void commitsAgainAtTheNewEpoch() {
		this.refusing.refusals = List.of(STALE, STALE);
		consumer().commitSync(OFFSETS, Duration.ofMinutes(1));

		assertThat(this.refusing.committed(Set.of(ZERO))).isEqualTo(OFFSETS);
	}

	@Test
	void doesNotTryAgainAfterAnyOtherRefusal() {
		this.refusing.refusals = List.of("OffsetCommit failed with UNKNOWN_MEMBER_ID. ");

		assertThatExceptionOfType(CommitFailedException.class)
			.isThrownBy(() -> consumer().commitSync(OFFSETS, Duration.ofMinutes(1)));
		assertThat(this.refusing.attempts).isEqualTo(1);
	}

	@Test
	void givesUpWhenThereIsNoNewEpoch() {
		this.refusing.refusals = Collections.nCopies(10, STALE);

		assertThatExceptionOfType(CommitFailedException.class)
			.isThrownBy(() -> consumer().commitSync(OFFSETS, Duration.ofMinutes(1)))
			.withMessage(STALE);
		assertThat(this.refusing.attempts).isEqualTo(4);
	}

	private Consumer<byte[], byte[]> consumer() {
		DefaultKafkaConsumerFactory<byte[], byte[]> factory = new DefaultKafkaConsumerFactory<>(Map.of());
		new StaleEpochs().customize(factory);
		this.refusing.assign(List.of(ZERO));
		return factory.getPostProcessors().get(0).apply(this.refusing);
	}

	private static final class Refusing extends MockConsumer<byte[], byte[]> {

		private List<String> refusals = List.of();

		private int attempts;

		private Refusing() {
			super("earliest");
		}

		@Override
		public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
			if (this.attempts++ < this.refusals.size()) {
				throw new CommitFailedException(this.refusals.get(this.attempts - 1));
			}
			super.commitSync(offsets, timeout);
		}

	}

}
