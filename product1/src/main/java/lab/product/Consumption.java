package lab.product;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import lab.product.stock.StockUnavailableException;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.core.MicrometerProducerListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.FailedRecordProcessor;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.kafka.support.converter.ByteArrayJacksonJsonMessageConverter;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Configures how records are read, retried and measured, and how long stopping may take.
 */
@Slf4j
@Configuration(proxyBeanMethods = false)
public class Consumption {

	/**
	 * How long a stop waits for the listener. In a shutdown
	 * {@code spring.lifecycle.timeout-per-shutdown-phase} bounds that.
	 */
	private static final Duration LEAVE_WITHIN = Duration.ofSeconds(2);

	/**
	 * How long the producer takes at most to close.
	 */
	static final Duration FLUSH_WITHIN = Duration.ofSeconds(1);

	/**
	 * Micrometer looks for new partitions once a minute by default, too late to see their
	 * metrics after a rebalance.
	 */
	public static final Duration METRICS_INTERVAL = Duration.ofSeconds(1);

	static final BackOff THREE_ATTEMPTS = new FixedBackOff(Duration.ofSeconds(1).toMillis(), 2);

	@Bean
	ByteArrayJacksonJsonMessageConverter messageConverter(JsonMapper json) {
		return new ByteArrayJacksonJsonMessageConverter(json);
	}

	@Bean
	@Profile("!exactly-once")
	DefaultErrorHandler errorHandler(DeadLetters deadLetters, ClientFailures failures,
			ApplicationEventPublisher publisher) {
		DefaultErrorHandler handler = new ErrorHandler(deadLetters, failures, publisher);
		retry(handler);
		return handler;
	}

	/**
	 * Tries an order again until the broker, or the stock's database, is back if that is
	 * the cause. Any other failure gets three attempts, a record that cannot be read gets
	 * one; then the record goes to the dead letter topic.
	 */
	static void retry(FailedRecordProcessor processor) {
		BackOff untilItIsBack = exponential(Duration.ofSeconds(1), Duration.ofSeconds(10));
		processor.setBackOffFunction((record, ex) -> passes(ex) ? untilItIsBack : THREE_ATTEMPTS);
		// the JSON value null
		processor.addNotRetryableExceptions(IllegalArgumentException.class);
		processor.setRetryListeners((record, ex, attempt) -> {
			if (isKafkas(ex)) {
				log.warn("Partition {}, offset {} is not handled yet ({}); trying again.", record.partition(),
						record.offset(), Text.rootOf(ex));
			}
		});
		// by default each retry is logged as an error with a stack trace
		processor.setLogLevel(org.springframework.kafka.KafkaException.Level.DEBUG);
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

	/**
	 * Replaces Boot's listener, which logs each failed send with a stack trace: all our
	 * senders wait for the result and log its failure in one line.
	 */
	@Bean
	ProducerListener<Object, Object> producerListener() {
		return new ProducerListener<>() {
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

	private static BackOff exponential(Duration first, Duration longest) {
		ExponentialBackOff backOff = new ExponentialBackOff(first.toMillis(), 2);
		backOff.setMaxInterval(longest.toMillis());
		return backOff;
	}

	/**
	 * Whether trying again until something is back can help.
	 */
	private static boolean passes(Exception ex) {
		return isKafkas(ex) || StockUnavailableException.isCauseOf(ex);
	}

	/**
	 * Whether the failure is Kafka's and not the record's, so that trying again can help.
	 */
	public static boolean isKafkas(@Nullable Exception ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof KafkaException) {
				return !(cause instanceof RecordTooLargeException);
			}
		}
		return false;
	}

	/**
	 * Published when the group refuses this instance as a member. The listener has
	 * stopped, or is about to.
	 *
	 * @param cause what the consumer threw
	 */
	public record JoinRefused(Exception cause) {
	}

	/**
	 * Also handles failures that no record caused. It stops a listener that the group
	 * refuses, as it would fail again at once, and publishes {@link JoinRefused}. After
	 * any other failure of the client the listener goes on.
	 */
	static class ErrorHandler extends DefaultErrorHandler {

		private final ClientFailures failures;

		private final ApplicationEventPublisher publisher;

		ErrorHandler(ConsumerRecordRecoverer recoverer, ClientFailures failures, ApplicationEventPublisher publisher) {
			super(recoverer, THREE_ATTEMPTS);
			this.failures = failures;
			this.publisher = publisher;
		}

		@Override
		public void handleOtherException(Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container,
				boolean batchListener) {
			if (ClientFailures.passes(thrown)) {
				this.failures.goOnAfter(thrown);
				return;
			}
			this.publisher.publishEvent(new JoinRefused(thrown));
			container.stop(() -> {
			});
		}

	}

	/**
	 * The consumer's metrics, with the lag of each partition it owns.
	 */
	private static final class ClientMetrics<K, V> extends MicrometerConsumerListener<K, V> {

		private ClientMetrics(MeterRegistry registry, TaskScheduler scheduler) {
			super(registry, scheduler);
		}

		@Override
		protected MeterBinder createClientMetrics(Consumer<K, V> consumer, List<Tag> tags) {
			return new KafkaClientMetrics(consumer, tags, Objects.requireNonNull(this.scheduler), METRICS_INTERVAL);
		}

	}

}
