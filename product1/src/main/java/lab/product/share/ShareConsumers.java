package lab.product.share;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import lab.product.membership.Membership;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultShareConsumerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes the consumer that is a member of the share group, of the settings that it would
 * have in a consumer group.
 */
@Component
@Profile("share")
class ShareConsumers extends DefaultShareConsumerFactory<byte[], byte[]> {

	/** Who owns what, from where and how: the group's matter here, and refused. */
	private static final List<String> OF_CONSUMER_GROUPS = List.of("group.protocol",
			ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, ConsumerConfig.ISOLATION_LEVEL_CONFIG);

	private static final Duration LEAVE_WITHIN = Duration.ofSeconds(2);

	private final ObjectProvider<Membership> membership;

	ShareConsumers(ConsumerFactory<?, ?> consumers, ObjectProvider<Membership> membership) {
		super(settings(consumers));
		this.membership = membership;
	}

	private static Map<String, Object> settings(ConsumerFactory<?, ?> consumers) {
		Map<String, Object> settings = new HashMap<>(consumers.getConfigurationProperties());
		settings.keySet().removeAll(OF_CONSUMER_GROUPS);
		return settings;
	}

	@Override
	protected ShareConsumer<byte[], byte[]> createRawConsumer(@Nullable String groupId, @Nullable String clientId,
			Map<String, Object> properties) {
		Map<String, Object> settings = new HashMap<>(getConfigurationProperties());
		settings.putAll(properties);
		settings.put(ConsumerConfig.CLIENT_ID_CONFIG, Objects.requireNonNull(clientId));
		return new Member(settings);
	}

	/**
	 * Gives nothing back to the group while it tries again.
	 */
	private final class Member extends ExtendedShareConsumer {

		private Member(Map<String, Object> settings) {
			super(settings);
		}

		@Override
		public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
			try {
				return super.poll(timeout);
			}
			catch (KafkaException ex) {
				ShareConsumers.this.membership.getObject().refused(ex);
				throw ex;
			}
		}

		/**
		 * Released is renewed: a record that was released has one of its five deliveries
		 * less, and after the last one it is lost. Renewed, it is locked for another 30 s
		 * and the next poll has it again.
		 */
		@Override
		public void acknowledge(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
			super.acknowledge(record, (type != AcknowledgeType.RELEASE) ? type : AcknowledgeType.RENEW);
		}

		/**
		 * As the container closes it, it would wait 30 s for a broker that is away.
		 */
		@Override
		public void close() {
			close(LEAVE_WITHIN);
		}

	}

}
