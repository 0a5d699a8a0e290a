package lab.product;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import org.apache.kafka.clients.consumer.Consumer;

import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.scheduling.TaskScheduler;

/**
 * The consumer's metrics, the lag of each partition it owns among them. They come and go
 * with the partitions, for which Micrometer looks once a minute; after a rebalance that
 * is too late to see who has fallen behind.
 */
class ClientMetrics<K, V> extends MicrometerConsumerListener<K, V> {

	private static final Duration REFRESH = Duration.ofSeconds(1);

	ClientMetrics(MeterRegistry registry, TaskScheduler scheduler) {
		super(registry, scheduler);
	}

	@Override
	protected MeterBinder createClientMetrics(Consumer<K, V> consumer, List<Tag> tags) {
		return new KafkaClientMetrics(consumer, tags, Objects.requireNonNull(this.scheduler), REFRESH);
	}

}
