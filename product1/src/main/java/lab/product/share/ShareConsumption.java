package lab.product.share;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import lab.product.ClientFailures;
import lab.product.Consumption;
import lab.product.ProductProperties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.kafka.config.KafkaListenerEndpoint;
import org.springframework.kafka.config.ShareKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaMetricsSupport;
import org.springframework.kafka.core.ShareConsumerFactory;
import org.springframework.kafka.listener.AbstractShareKafkaMessageListenerContainer;
import org.springframework.kafka.listener.ShareConsumerRecordRecoverer;
import org.springframework.kafka.listener.ShareKafkaMessageListenerContainer;
import org.springframework.kafka.listener.adapter.MessagingMessageListenerAdapter;
import org.springframework.kafka.support.converter.RecordMessageConverter;
import org.springframework.scheduling.TaskScheduler;

/**
 * Runs the same listener as a member of a share group. The listener does not start by
 * itself: {@code Membership} starts it once the group reads from the earliest record.
 */
@Configuration(proxyBeanMethods = false)
@Profile("share")
class ShareConsumption {

	/**
	 * Refuses to start. The members of a share group have no offset that could be
	 * committed in a transaction, and its records come in any order and more often.
	 */
	@Bean
	@Profile("stock | exactly-once")
	static BeanFactoryPostProcessor onlyForConsumerGroups(Environment environment) {
		throw new InvalidConfigurationPropertyValueException("spring.profiles.active",
				String.join(",", environment.getActiveProfiles()),
				"stock and exactly-once are for consumer groups: remove them, or share.");
	}

	/**
	 * Named like Boot's factory for consumer groups, so that Boot backs off.
	 */
	@Bean
	ShareKafkaListenerContainerFactory<byte[], byte[]> kafkaListenerContainerFactory(ProductProperties names,
			ShareConsumerFactory<byte[], byte[]> consumers, ShareConsumerRecordRecoverer recoverer,
			RecordMessageConverter converter) {
		ShareKafkaListenerContainerFactory<byte[], byte[]> factory = new ShareKafkaListenerContainerFactory<>(
				consumers) {

			@Override
			protected ShareKafkaMessageListenerContainer<byte[], byte[]> createContainerInstance(
					KafkaListenerEndpoint endpoint) {
				return new ShareContainer(consumers, names.topic());
			}

			@Override
			protected void initializeContainer(ShareKafkaMessageListenerContainer<byte[], byte[]> container,
					KafkaListenerEndpoint endpoint) {
				super.initializeContainer(container, endpoint);
				container.setClientId(names.instance());
				container.getContainerProperties().setAcknowledgementCommitCallback(new LateAcknowledgements(names));
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

	@Bean
	ShareConsumerFactory<byte[], byte[]> shareConsumerFactory(ConsumerFactory<?, ?> consumers,
			ApplicationEventPublisher publisher, ClientFailures failures, MeterRegistry meters,
			TaskScheduler scheduler) {
		MemberFactory factory = new MemberFactory(consumers.getConfigurationProperties(), publisher, failures);
		factory.addListener(new ShareMetrics(meters, scheduler));
		return factory;
	}

	/**
	 * The ShareConsumer's metrics. Spring and Micrometer have this only for the consumer
	 * of a consumer group.
	 */
	private static final class ShareMetrics extends KafkaMetricsSupport<ShareConsumer<byte[], byte[]>>
			implements ShareConsumerFactory.Listener<byte[], byte[]> {

		private ShareMetrics(MeterRegistry registry, TaskScheduler scheduler) {
			super(registry, scheduler);
		}

		@Override
		public synchronized void consumerAdded(String id, ShareConsumer<byte[], byte[]> consumer) {
			bindClient(id, consumer);
		}

		@Override
		public synchronized void consumerRemoved(@Nullable String id, ShareConsumer<byte[], byte[]> consumer) {
			unbindClient(id, consumer);
		}

		/**
		 * Micrometer asks a Consumer for its metrics and for nothing else.
		 */
		@Override
		protected MeterBinder createClientMetrics(ShareConsumer<byte[], byte[]> consumer, List<Tag> tags) {
			Consumer<?, ?> withMetrics = (Consumer<?, ?>) Proxy.newProxyInstance(Consumer.class.getClassLoader(),
					new Class<?>[] { Consumer.class }, (proxy, method, arguments) -> consumer.metrics());
			return new KafkaClientMetrics(withMetrics, tags, Objects.requireNonNull(this.scheduler),
					Consumption.METRICS_INTERVAL);
		}

	}

}
