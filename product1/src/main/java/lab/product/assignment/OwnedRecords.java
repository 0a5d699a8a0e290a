package lab.product.assignment;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import lombok.RequiredArgsConstructor;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.context.annotation.Profile;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Drops records that a poll returns of partitions which it has reported as lost.
 * <p>
 * Under KIP-848, a poll of Kafka 4.2 calls {@code onPartitionsLost} before it lets go of
 * what it has fetched of these partitions, and returns that if it is quick (KAFKA-20321).
 * The records would be handled although another member has them. As the instance joins
 * the group again meanwhile, the coordinator would accept their offsets, and the group's
 * offset would move back: it checks the member's epoch, not its partitions.
 * <p>
 * The container has no offsets of a lost partition left to commit: it commits before each
 * poll, and until then the coordinator rejects the commits of a member that it removed.
 */
@Component
@Profile("!share")
@RequiredArgsConstructor
class OwnedRecords implements DefaultKafkaConsumerFactoryCustomizer {

	/** A setting of ours, by which the interceptor gets the bean. */
	private static final String ASSIGNMENT = "lab.product.assignment";

	private final Assignment assignment;

	@Override
	public void customize(DefaultKafkaConsumerFactory<?, ?> factory) {
		factory.updateConfigs(Map.of(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, List.of(Interceptor.class), ASSIGNMENT,
				this.assignment));
	}

	/**
	 * Public, because Kafka creates it.
	 */
	public static final class Interceptor implements ConsumerInterceptor<byte[], byte[]> {

		private @Nullable Assignment assignment;

		@Override
		public void configure(Map<String, ?> settings) {
			this.assignment = (Assignment) settings.get(ASSIGNMENT);
		}

		@Override
		public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
			List<TopicPartition> owned = Objects.requireNonNull(this.assignment).now().owned();
			if (owned.containsAll(records.partitions())) {
				return records;
			}
			Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> kept = records.partitions()
				.stream()
				.filter(owned::contains)
				.collect(Collectors.toMap((partition) -> partition, records::records));
			return new ConsumerRecords<>(kept, records.nextOffsets());
		}

		@Override
		public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
			// nothing to add
		}

		@Override
		public void close() {
			// holds nothing
		}

	}

}
