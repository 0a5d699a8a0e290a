package lab.order;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.kafka.core.KafkaTemplate;
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
			new JacksonJsonSerializer<>());

	private final BrokerWatch broker = mock(BrokerWatch.class);

	private final Orders orders = new Orders(new KafkaTemplate<>(new MockProducerFactory<>(() -> this.producer)),
			this.broker, new OrderProperties("topic_example", OrderProperties.Partitioner.ROUND_ROBIN));

	@Test
	void anOrderIsPlacedWhenTheBrokerAcknowledgesIt() {
		CompletableFuture<PlacedOrder> order = this.orders.place(new PlaceOrder("1st-Order", "alice"));
		assertThat(order).isNotDone();
		this.producer.completeNext();
		assertThat(order.join().topic()).isEqualTo("topic_example");
		assertThat(order.join().key()).isEqualTo("alice");
	}

	@ParameterizedTest
	@CsvSource({ ", no acknowledgement", "Kafka is not reachable., Kafka is not reachable." })
	void anOrderWithoutAcknowledgementMayOrMayNotHaveBeenRecorded(@Nullable String problem, String reason) {
		given(this.broker.problem()).willReturn(problem);
		CompletableFuture<PlacedOrder> order = this.orders.place(new PlaceOrder("1st-Order", null));
		String id = this.producer.history().get(0).value().id().toString();
		this.producer.errorNext(new TimeoutException("no acknowledgement"));
		assertThat(order).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(OrderNotPlacedException.class, (ex) -> assertThat(ex.getBody().getDetail())
				.isEqualTo("Order %s may or may not have been recorded: %s".formatted(id, reason)));
	}

	@Test
	void anOrderThatTheProducerDoesNotAcceptIsNotRecorded() {
		this.producer.sendException = new TimeoutException("Topic topic_example not present in metadata");
		assertThatExceptionOfType(OrderNotPlacedException.class)
			.isThrownBy(() -> this.orders.place(new PlaceOrder("1st-Order", null)))
			.satisfies((ex) -> assertThat(ex.getBody().getDetail())
				.isEqualTo("The order was not recorded: Topic topic_example not present in metadata"));
		assertThat(this.producer.history()).isEmpty();
	}

}
