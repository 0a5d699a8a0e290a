package lab.product.share;

import lab.product.ProductProperties;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.kafka.config.KafkaListenerEndpoint;
import org.springframework.kafka.config.ShareKafkaListenerContainerFactory;
import org.springframework.kafka.core.ShareConsumerFactory;
import org.springframework.kafka.listener.AbstractShareKafkaMessageListenerContainer;
import org.springframework.kafka.listener.ShareConsumerRecordRecoverer;
import org.springframework.kafka.listener.ShareKafkaMessageListenerContainer;
import org.springframework.kafka.listener.adapter.MessagingMessageListenerAdapter;
import org.springframework.kafka.support.converter.RecordMessageConverter;

/**
 * The same listener as a member of a share group. {@link ShareGroup} starts it, once the
 * group is such that nothing is skipped.
 */
@Configuration(proxyBeanMethods = false)
@Profile("share")
class ShareConsumption {

	/**
	 * Of the name that listeners use unless told, so that Boot makes none for consumer
	 * groups.
	 */
	@Bean
	ShareKafkaListenerContainerFactory<byte[], byte[]> kafkaListenerContainerFactory(ProductProperties names,
			ShareConsumerFactory<byte[], byte[]> consumers, ShareConsumerRecordRecoverer recoverer,
			RecordMessageConverter converter) {
		ShareKafkaListenerContainerFactory<byte[], byte[]> factory = new ShareKafkaListenerContainerFactory<>(
				consumers) {

			@Override
			protected void initializeContainer(ShareKafkaMessageListenerContainer<byte[], byte[]> container,
					KafkaListenerEndpoint endpoint) {
				super.initializeContainer(container, endpoint);
				container.setClientId(names.instance());
				// the factory has no setting for it yet
				if (container.getContainerProperties()
					.getMessageListener() instanceof MessagingMessageListenerAdapter<?, ?> listener) {
					listener.setMessageConverter(converter);
				}
			}

		};
		factory.setShareConsumerRecordRecoverer(recoverer);
		factory.setAutoStartup(false);
		factory.setPhase(AbstractShareKafkaMessageListenerContainer.DEFAULT_PHASE);
		return factory;
	}

}
