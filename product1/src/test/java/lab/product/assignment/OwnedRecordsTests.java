package lab.product.assignment;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * What is left of a poll's records, given the partitions that are owned when it returns.
 */
class OwnedRecordsTests {

	private static final TopicPartition ZERO = new TopicPartition("topic_example", 0);

	private static final TopicPartition ONE = new TopicPartition("topic_example", 1);

	private final ConsumerRecords<byte[], byte[]> polled = new ConsumerRecords<>(
			Map.of(ZERO, List.of(record(0, 7), record(0, 8)), ONE, List.of(record(1, 3))),
			Map.of(ZERO, new OffsetAndMetadata(9), ONE, new OffsetAndMetadata(4)));

	@Test
	void keepsThoseOfTheOwnedPartitions() {
		assertThat(pollOfOwnerOf(ZERO, ONE)).hasSize(3);
		assertThat(pollOfOwnerOf(ZERO)).extracting(ConsumerRecord::offset).containsExactly(7L, 8L);
		assertThat(pollOfOwnerOf(ONE)).extracting(ConsumerRecord::offset).containsExactly(3L);
		assertThat(pollOfOwnerOf()).isEmpty();
	}

	private ConsumerRecords<byte[], byte[]> pollOfOwnerOf(TopicPartition... partitions) {
		Assignment assignment = mock(Assignment.class);
		given(assignment.now()).willReturn(new Assignment.Snapshot(List.of(partitions), 4, List.of()));
		DefaultKafkaConsumerFactory<byte[], byte[]> factory = new DefaultKafkaConsumerFactory<>(
				Map.of("bootstrap.servers", "localhost:9092", "key.deserializer", ByteArrayDeserializer.class,
						"value.deserializer", ByteArrayDeserializer.class));
		new OwnedRecords(assignment).customize(factory);
		OwnedRecords.Interceptor interceptor = new ConsumerConfig(factory.getConfigurationProperties())
			.getConfiguredInstances(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, OwnedRecords.Interceptor.class)
			.get(0);
		return interceptor.onConsume(this.polled);
	}

	private static ConsumerRecord<byte[], byte[]> record(int partition, long offset) {
		return new ConsumerRecord<>("topic_example", partition, offset, null, null);
	}

}
