package lab.product;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import lab.product.stock.Stock;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;

/**
 * Handles the orders of the partitions that this instance reads.
 */
@Slf4j
@Component
@RequiredArgsConstructor
public class Orders {

	/** The id of the listener's container. */
	public static final String LISTENER = "orders";

	private final ProductProperties names;

	private final HandlingTime handlingTime;

	private final Events events;

	/** Only with the profile {@code stock}. */
	private final Optional<Stock> stock;

	/** Not with the profiles {@code exactly-once} and {@code share}. */
	private final Optional<EventsInFlight> inFlight;

	/**
	 * Takes the order out of the stock if there is one, and publishes that it was
	 * handled. The offset is committed (in a share group, the order accepted) after the
	 * broker has acknowledged the event, so no order is skipped if this process dies.
	 */
	// named explicitly: Spring looks for a share group's factory only then
	@KafkaListener(id = LISTENER, idIsGroup = false, topics = "${lab.product.topic}",
			containerFactory = "kafkaListenerContainerFactory")
	void on(@Payload OrderPlaced event, ConsumerRecord<byte[], byte[]> at) throws Exception {
		this.handlingTime.await();
		boolean repeated = this.stock.isPresent() && !this.stock.get().take(event.id());
		CompletableFuture<?> handled = this.events
			.publish(new OrderHandled(event.id(), event.message(), this.names.instance(), at.partition(), at.offset(),
					Instant.now(), repeated))
			.thenRun(() -> log.info("{} handled \"{}\"{}: partition {}, offset {}, {}", this.names.instance(),
					Text.line(event.message()), repeated ? " again, and left the stock as it was" : "", at.partition(),
					at.offset(), (at.key() != null) ? "key " + Text.line(at.key()) : "no key"));
		if (this.inFlight.isPresent()) {
			this.inFlight.get().add(at, handled);
		}
		else {
			handled.get();
		}
	}

}
