package lab.order;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.mock.MockProducerFactory;
import org.springframework.kafka.support.serializer.JacksonJsonSerializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * The three outcomes of an order: acknowledged, not recorded, and unknown.
 */
class OrdersTests {

	private final MockProducer<String, OrderPlaced> producer = new MockProducer<>(false, null, new StringSerializer(),
			new JacksonJsonSerializer<>()) {

		/** Spring's factory shares one producer, and the template does not close it. */
		@Override
		public void close(Duration timeout) {
			// stays open
		}

	};

	private final BrokerWatch broker = mock(BrokerWatch.class);

	private final Orders orders = start(new MockProducerFactory<>(() -> this.producer));

	private Orders start(ProducerFactory<String, OrderPlaced> producers) {
		return new Orders(new KafkaTemplate<>(producers), this.broker,
				new OrderProperties("topic_example", OrderProperties.Partitioner.ROUND_ROBIN,
						OrderProperties.Growth.IMMEDIATE, "product", 2, Duration.ofMillis(500),
						new OrderProperties.Idempotency(10, Duration.ofMinutes(10))),
				null);
	}

	@Test
	void anOrderIsPlacedWhenTheBrokerAcknowledgesIt() {
		CompletableFuture<PlacedOrder> order = this.orders.place(new PlaceOrder("1st-Order", "alice"), null);
		assertThat(order).isNotDone();
		this.producer.completeNext();
		assertThat(order.join().topic()).isEqualTo("topic_example");
		assertThat(order.join().key()).isEqualTo("alice");
	}

	@ParameterizedTest
	@CsvSource({ ", no acknowledgement.", "Kafka is not reachable., Kafka is not reachable." })
	void anOrderWithoutAcknowledgementMayOrMayNotHaveBeenRecorded(@Nullable String problem, String reason) {
		given(this.broker.problem()).willReturn(problem);
		CompletableFuture<PlacedOrder> order = this.orders.place(new PlaceOrder("1st-Order", null), null);
		String id = this.producer.history().get(0).value().id().toString();
		this.producer.errorNext(new TimeoutException("no acknowledgement"));
		assertThat(order).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(OrderNotPlacedException.class,
					(ex) -> assertThat(ex.getBody().getDetail())
						.isEqualTo("Order %s may or may not have been recorded: %s".formatted(id, reason)
								+ " Send an Idempotency-Key with each order, so that a repetition is the same order."));
	}

	@Test
	void anOrderThatTheProducerDoesNotAcceptIsNotRecorded() {
		this.producer.sendException = new TimeoutException("Topic topic_example not present in metadata");
		assertThatExceptionOfType(OrderNotPlacedException.class)
			.isThrownBy(() -> this.orders.place(new PlaceOrder("1st-Order", null), null))
			.satisfies((ex) -> assertThat(ex.getBody().getDetail())
				.isEqualTo("The order was not recorded: Topic topic_example not present in metadata"));
		assertThat(this.producer.history()).isEmpty();
	}

	/**
	 * The producer has given up an accepted record before send returned, as when the
	 * machine was asleep in between.
	 */
	@Test
	void anOrderThatFailsAfterTheDeliveryTimeoutMayHaveBeenRecorded() {
		this.producer.sendException = new TimeoutException("Expiring 1 record(s) for topic_example-0");
		Orders slow = start(new MockProducerFactory<>(() -> this.producer) {

			@Override
			public Map<String, Object> getConfigurationProperties() {
				return Map.of(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "0");
			}

		});
		for (int order = 0; order < 3; order++) {
			assertThat(slow.place(new PlaceOrder("1st-Order", null), null)).failsWithin(Duration.ZERO)
				.withThrowableThat()
				.havingCause()
				.isInstanceOfSatisfying(OrderNotPlacedException.class, (ex) -> assertThat(ex.getBody().getDetail())
					.contains("may or may not have been recorded: Expiring 1 record(s)"));
		}
	}

	@Test
	void anOrderIsRefusedAtOnceWhileTheBrokerIsAway() {
		given(this.broker.refusal()).willReturn(Optional.of("Kafka is not reachable."));
		assertRefused("The order was not recorded: Kafka is not reachable.");
		assertThat(this.producer.history()).isEmpty();
	}

	@Test
	void noMoreOrdersThanSetWaitForTheirAcknowledgement() {
		CompletableFuture<PlacedOrder> first = this.orders.place(new PlaceOrder("1st-Order", null), null);
		this.orders.place(new PlaceOrder("2nd-Order", null), null);
		assertRefused("The order was not recorded: 2 orders wait for Kafka already.");
		this.producer.completeNext();
		assertThat(first).isCompleted();
		this.orders.place(new PlaceOrder("4th-Order", null), null);
		this.producer.errorNext(new TimeoutException("no acknowledgement"));
		this.orders.place(new PlaceOrder("5th-Order", null), null);
		assertThat(this.producer.history()).extracting((record) -> record.value().message())
			.containsExactly("1st-Order", "2nd-Order", "4th-Order", "5th-Order");
	}

	@Test
	void anOrderThatTheProducerDoesNotAcceptDoesNotWait() {
		this.producer.sendException = new TimeoutException("Topic topic_example not present in metadata");
		for (int order = 0; order < 3; order++) {
			assertRefused("The order was not recorded: Topic topic_example not present in metadata");
		}
	}

	@Test
	void aFailureOfAnotherKindDoesNotTakeAPlaceForGood() {
		this.producer.sendException = new IllegalStateException("a bug");
		for (int order = 0; order < 3; order++) {
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> this.orders.place(new PlaceOrder("order", null), null));
		}
	}

	private void assertRefused(String detail) {
		assertThatExceptionOfType(OrderNotPlacedException.class)
			.isThrownBy(() -> this.orders.place(new PlaceOrder("order", null), null))
			.satisfies((ex) -> assertThat(ex.getBody().getDetail()).isEqualTo(detail));
	}

}
