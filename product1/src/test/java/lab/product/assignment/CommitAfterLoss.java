package lab.product.assignment;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import org.springframework.context.annotation.Bean;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * A mistake: the offsets of lost partitions are kept, and committed when the instance is
 * a member again.
 */
public class CommitAfterLoss {

	@Bean
	ConsumerAwareRebalanceListener rebalanceListener(Assignment assignment) {
		return new RebalanceListener(assignment) {

			private final Map<TopicPartition, OffsetAndMetadata> kept = new HashMap<>();

			@Override
			public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
				super.onPartitionsLost(consumer, partitions);
				partitions.forEach(
						(partition) -> this.kept.put(partition, new OffsetAndMetadata(consumer.position(partition))));
			}

			@Override
			public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
				super.onPartitionsAssigned(consumer, partitions);
				consumer.commitSync(this.kept);
			}

		};
	}

}
