package lab.order;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.SendResult;
import org.springframework.stereotype.Component;

/**
 * Publishes orders to Kafka. The producer's settings in application.yml limit how long
 * this takes.
 */
@Slf4j
@Component
class Orders {

	private final KafkaTemplate<String, OrderPlaced> kafka;

	private final BrokerWatch broker;

	private final OrderProperties properties;

	private final @Nullable OrderedGrowth growth;

	private final Semaphore places;

	private final Duration deliveryTimeout;

	/**
	 * @param growth chooses the partitions of orders with a key while partitions are
	 * added; null leaves that to the producer
	 */
	Orders(KafkaTemplate<String, OrderPlaced> kafka, BrokerWatch broker, OrderProperties properties,
			@Nullable OrderedGrowth growth) {
		this.kafka = kafka;
		this.broker = broker;
		this.properties = properties;
		this.growth = growth;
		this.places = new Semaphore(properties.maxInFlight());
		this.deliveryTimeout = deliveryTimeout(kafka.getProducerFactory().getConfigurationProperties());
	}

	private static Duration deliveryTimeout(Map<String, Object> producer) {
		Object milliseconds = producer.getOrDefault(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
				ProducerConfig.configDef().defaultValues().get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG));
		return Duration.ofMillis(Long.parseLong(String.valueOf(milliseconds)));
	}

	/**
	 * Publishes an order.
	 * @param key determines the order's id; null gives it a random one
	 * @return completes when all in-sync replicas have the order; fails with an
	 * {@link OrderNotPlacedException} if no acknowledgement arrives in time, in which
	 * case the order may have been recorded
	 * @throws OrderNotPlacedException if the order was not recorded: the broker is known
	 * to be away, too many orders wait already, the producer does not accept the record,
	 * or its partition cannot be chosen yet
	 */
	CompletableFuture<PlacedOrder> place(PlaceOrder order, @Nullable IdempotencyKey key) {
		this.broker.refusal().ifPresent((reason) -> {
			throw OrderNotPlacedException.notRecorded(reason, null);
		});
		if (!this.places.tryAcquire()) {
			throw OrderNotPlacedException
				.notRecorded("%d orders wait for Kafka already.".formatted(this.properties.maxInFlight()), null);
		}
		OrderPlaced event = OrderPlaced.now((key != null) ? key.orderId() : UUID.randomUUID(), order);
		long start = System.nanoTime();
		try {
			return send(new ProducerRecord<>(this.properties.topic(), event.customerId(), event))
				.whenComplete((sent, failure) -> this.places.release())
				.handle((sent, failure) -> {
					if (failure != null) {
						throw unsure(event, key, failure);
					}
					return placed(event, PlacedOrder.of(event, sent.getRecordMetadata()));
				});
		}
		catch (KafkaException | org.apache.kafka.common.KafkaException ex) {
			this.places.release();
			// KafkaTemplate also throws a failure of a record that the producer had
			// accepted. Such a record is given up after the delivery timeout, not
			// earlier.
			if (System.nanoTime() - start >= this.deliveryTimeout.toNanos()) {
				return CompletableFuture.failedFuture(unsure(event, key, ex));
			}
			throw OrderNotPlacedException.notRecorded(reason(ex), ex);
		}
		catch (RuntimeException ex) {
			this.places.release();
			throw ex;
		}
	}

	private CompletableFuture<SendResult<String, OrderPlaced>> send(ProducerRecord<String, OrderPlaced> order) {
		return (this.growth != null) ? this.growth.send(order) : this.kafka.send(order);
	}

	private PlacedOrder placed(OrderPlaced event, PlacedOrder order) {
		log.info("order {} \"{}\" -> {}-{}@{}, key {}", order.id(), event.message(), order.topic(), order.partition(),
				order.offset(), Objects.requireNonNullElse(order.key(), "-"));
		return order;
	}

	/**
	 * The producer gave up, but the broker may have the record: perhaps only the
	 * acknowledgement was lost.
	 */
	private OrderNotPlacedException unsure(OrderPlaced event, @Nullable IdempotencyKey key, Throwable failure) {
		OrderNotPlacedException unsure = OrderNotPlacedException.unsure(event.id(), key, reason(failure), failure);
		log.warn(unsure.getBody().getDetail());
		return unsure;
	}

	private @Nullable String reason(Throwable failure) {
		String problem = this.broker.problem();
		return (problem != null) ? problem : NestedExceptionUtils.getMostSpecificCause(failure).getMessage();
	}

}
