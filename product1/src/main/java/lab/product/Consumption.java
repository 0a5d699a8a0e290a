package lab.product;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import lab.product.membership.Membership;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.MicrometerProducerListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.support.converter.ByteArrayJacksonJsonMessageConverter;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

/**
 * How records are read and measured, what becomes of those that fail, and how long
 * leaving may take.
 */
@Slf4j
@Configuration(proxyBeanMethods = false)
public class Consumption {

	/** With the broker away each is waited for in turn: together well under 5 s. */
	private static final Duration LEAVE_WITHIN = Duration.ofSeconds(2);

	private static final Duration FLUSH_WITHIN = Duration.ofSeconds(1);

	@Bean
	ByteArrayJacksonJsonMessageConverter messageConverter(JsonMapper json) {
		return new ByteArrayJacksonJsonMessageConverter(json);
	}

	/**
	 * An order is not to blame when the broker is away: it is tried until the broker is
	 * back. Anything else that fails is tried three times; a record that cannot be read,
	 * once.
	 */
	@Bean
	ErrorHandler errorHandler(DeadLetters deadLetters, Membership membership) {
		BackOff untilKafkaIsBack = exponential(Duration.ofSeconds(1), Duration.ofSeconds(10));
		BackOff threeAttempts = new FixedBackOff(Duration.ofSeconds(1).toMillis(), 2);
		ErrorHandler handler = new ErrorHandler(deadLetters, threeAttempts, membership);
		handler.setBackOffFunction((record, ex) -> isKafkas(ex) ? untilKafkaIsBack : threeAttempts);
		// the value null of JSON
		handler.addNotRetryableExceptions(IllegalArgumentException.class);
		handler.setRetryListeners((record, ex, attempt) -> {
			if (isKafkas(ex)) {
				log.warn("Partition {}, offset {} is not handled yet ({}); trying again.", record.partition(),
						record.offset(), Text.rootOf(ex));
			}
		});
		// else each retry is an error with a stack trace
		handler.setLogLevel(org.springframework.kafka.KafkaException.Level.DEBUG);
		return handler;
	}

	@Bean
	ContainerCustomizer<Object, Object, ConcurrentMessageListenerContainer<Object, Object>> containerCustomizer() {
		return (container) -> {
			// client.id is the instance's name and nothing else
			container.setAlwaysClientIdSuffix(false);
			// the idle event carries the epoch, also to a member that was never given
			// anything
			container.getContainerProperties().setIdleBeforeDataMultiplier(1);
			container.getContainerProperties().setShutdownTimeout(LEAVE_WITHIN.toMillis());
		};
	}

	@Bean
	DefaultKafkaProducerFactoryCustomizer producerFactoryCustomizer(MeterRegistry meters) {
		return (factory) -> {
			factory.setPhysicalCloseTimeout((int) FLUSH_WITHIN.toSeconds());
			factory.addListener(new MicrometerProducerListener<>(meters));
		};
	}

	@Bean
	DefaultKafkaConsumerFactoryCustomizer consumerFactoryCustomizer(MeterRegistry meters, TaskScheduler scheduler) {
		return (factory) -> addMetrics(factory, meters, scheduler);
	}

	private <K, V> void addMetrics(DefaultKafkaConsumerFactory<K, V> factory, MeterRegistry meters,
			TaskScheduler scheduler) {
		factory.addListener(new ClientMetrics<>(meters, scheduler));
	}

	/**
	 * Closed by {@link lab.product.membership.BrokerWatch}, which does not wait for
	 * answers that no one reads.
	 */
	@Bean(destroyMethod = "")
	Admin admin(KafkaAdmin settings) {
		return Admin.create(settings.getConfigurationProperties());
	}

	private static BackOff exponential(Duration first, Duration longest) {
		ExponentialBackOff backOff = new ExponentialBackOff(first.toMillis(), 2);
		backOff.setMaxInterval(longest.toMillis());
		return backOff;
	}

	public static boolean isKafkas(@Nullable Exception ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof KafkaException) {
				return !(cause instanceof RecordTooLargeException);
			}
		}
		return false;
	}

}
