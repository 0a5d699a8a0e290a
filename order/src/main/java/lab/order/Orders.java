package lab.order;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.producer.ProducerRecord;

import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Publishes orders to Kafka. The producer's settings in application.yml limit how long
 * this takes.
 */
@Slf4j
@Component
@RequiredArgsConstructor
class Orders {

	private final KafkaTemplate<String, OrderPlaced> kafka;

	private final BrokerWatch broker;

	private final OrderProperties properties;

	/**
	 * Publishes an order.
	 * @return completes when all in-sync replicas have the order; fails with an
	 * {@link OrderNotPlacedException} if no acknowledgement arrives in time, in which
	 * case the order may have been recorded
	 * @throws OrderNotPlacedException if the producer does not accept the record, in
	 * which case the order was not recorded
	 */
	CompletableFuture<PlacedOrder> place(PlaceOrder order) {
		OrderPlaced event = OrderPlaced.now(order);
		try {
			return this.kafka.send(new ProducerRecord<>(this.properties.topic(), event.customerId(), event))
				.handle((sent, failure) -> (failure != null) ? unsure(event, failure)
						: placed(event, PlacedOrder.of(event, sent.getRecordMetadata())));
		}
		catch (KafkaException | org.apache.kafka.common.KafkaException ex) {
			throw new OrderNotPlacedException("The order was not recorded", this.broker.problem(), ex);
		}
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
	private PlacedOrder unsure(OrderPlaced event, Throwable failure) {
		OrderNotPlacedException unsure = new OrderNotPlacedException(
				"Order %s may or may not have been recorded".formatted(event.id()), this.broker.problem(), failure);
		log.warn(unsure.getBody().getDetail());
		throw unsure;
	}

}
