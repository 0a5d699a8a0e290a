package lab.order;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.mock.MockProducerFactory;
import org.springframework.kafka.support.serializer.JacksonJsonSerializer;
import org.springframework.web.ErrorResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * What a repetition of an order does after each outcome of the first attempt.
 */
class IdempotentOrdersTests {

	private static final IdempotencyKey KEY = new IdempotencyKey("8e03978e-40d5-43e8-bc93-6894a57f9324");

	private static final PlaceOrder ORDER = new PlaceOrder("1st-Order", "alice");

	private static final int REMEMBERED = 10;

	private final MockProducer<String, OrderPlaced> producer = new MockProducer<>(false, null, new StringSerializer(),
			new JacksonJsonSerializer<>()) {

		/** Spring's factory shares one producer, and the template does not close it. */
		@Override
		public void close(Duration timeout) {
			// stays open
		}

	};

	private final BrokerWatch broker = mock(BrokerWatch.class);

	private IdempotentOrders orders = start(Duration.ofMinutes(10));

	@Test
	void aRepetitionGetsTheFirstAnswerAndIsNotSent() {
		PlacedOrder placed = placeAndAcknowledge(ORDER, KEY);
		assertThat(this.orders.place(ORDER, KEY)).isCompletedWithValue(placed);
		assertThat(this.producer.history()).hasSize(1);
	}

	@Test
	void aRepetitionGetsItsAnswerWhileTheBrokerIsAway() {
		PlacedOrder placed = placeAndAcknowledge(ORDER, KEY);
		given(this.broker.refusal()).willReturn(Optional.of("Kafka is not reachable."));
		assertThat(this.orders.place(ORDER, KEY)).isCompletedWithValue(placed);
	}

	@Test
	void equalOrdersWithoutKeyAreTwoOrders() {
		this.orders.place(ORDER, null);
		this.orders.place(ORDER, null);
		assertThat(idsInTopic()).hasSize(2).doesNotHaveDuplicates();
	}

	@Test
	void aRepetitionIsRefusedWhileTheFirstIsInFlight() {
		CompletableFuture<PlacedOrder> first = this.orders.place(ORDER, KEY);
		assertRefused(ORDER, HttpStatus.CONFLICT);
		this.producer.completeNext();
		assertThat(this.orders.place(ORDER, KEY)).isCompletedWithValue(first.join());
		assertThat(this.producer.history()).hasSize(1);
	}

	@Test
	@Timeout(60)
	void onlyOneOfManyAtOnceIsSent() throws InterruptedException, ExecutionException {
		ExecutorService clients = Executors.newFixedThreadPool(8);
		try {
			Callable<HttpStatus> client = () -> {
				try {
					this.orders.place(ORDER, KEY);
					return HttpStatus.CREATED;
				}
				catch (ErrorResponseException ex) {
					return HttpStatus.valueOf(ex.getStatusCode().value());
				}
			};
			List<HttpStatus> answers = new ArrayList<>();
			for (Future<HttpStatus> answer : clients
				.invokeAll(IntStream.range(0, 100).mapToObj((each) -> client).toList())) {
				answers.add(answer.get());
			}
			assertThat(answers).containsOnlyOnce(HttpStatus.CREATED)
				.containsOnly(HttpStatus.CREATED, HttpStatus.CONFLICT);
			assertThat(this.producer.history()).hasSize(1);
		}
		finally {
			clients.shutdownNow();
		}
	}

	@Test
	void anotherOrderWithTheSameKeyIsRefusedWhateverBecameOfTheFirst() {
		PlaceOrder other = new PlaceOrder("1st-Order", "bob");
		this.orders.place(ORDER, KEY);
		assertRefused(other, HttpStatus.UNPROCESSABLE_CONTENT);
		this.producer.errorNext(new TimeoutException("no acknowledgement"));
		assertRefused(other, HttpStatus.UNPROCESSABLE_CONTENT);
		placeAndAcknowledge(ORDER, KEY);
		assertRefused(other, HttpStatus.UNPROCESSABLE_CONTENT);
	}

	@Test
	void anOrderThatMayHaveBeenRecordedIsSentAgainWithItsId() {
		CompletableFuture<PlacedOrder> unsure = this.orders.place(ORDER, KEY);
		this.producer.errorNext(new TimeoutException("no acknowledgement"));
		assertThat(unsure).isCompletedExceptionally();
		PlacedOrder placed = placeAndAcknowledge(ORDER, KEY);
		assertThat(idsInTopic()).containsExactly(KEY.orderId().toString(), KEY.orderId().toString());
		assertThat(this.orders.place(ORDER, KEY)).isCompletedWithValue(placed);
	}

	/**
	 * A repetition that is refused says nothing of the first attempt, whose record may be
	 * in the topic.
	 */
	@Test
	void anOrderThatMayHaveBeenRecordedIsNotSaidToBeMissing() {
		this.orders.place(ORDER, KEY);
		this.producer.errorNext(new TimeoutException("no acknowledgement"));
		given(this.broker.refusal()).willReturn(Optional.of("Kafka is not reachable."));
		for (int repetition = 0; repetition < 2; repetition++) {
			assertThatExceptionOfType(OrderNotPlacedException.class).isThrownBy(() -> this.orders.place(ORDER, KEY))
				.satisfies((ex) -> {
					assertThat(ex.getBody().getDetail()).isEqualTo(("Order %s may or may not have been recorded:"
							+ " this attempt was not recorded, an earlier one may have been."
							+ " Repeat it with the same Idempotency-Key: it is the same order then.")
						.formatted(KEY.orderId()));
					assertThat(ex.getHeaders().containsHeader("Retry-After")).isFalse();
				});
		}
		given(this.broker.refusal()).willReturn(Optional.empty());
		PlacedOrder placed = placeAndAcknowledge(ORDER, KEY);
		assertThat(placed.id()).isEqualTo(KEY.orderId());
	}

	@Test
	void anOrderThatWasNotRecordedIsNotRemembered() {
		given(this.broker.refusal()).willReturn(Optional.of("Kafka is not reachable."));
		assertRefused(ORDER, HttpStatus.SERVICE_UNAVAILABLE);
		given(this.broker.refusal()).willReturn(Optional.empty());
		this.producer.sendException = new TimeoutException("Topic topic_example not present in metadata");
		assertRefused(ORDER, HttpStatus.SERVICE_UNAVAILABLE);
		this.producer.sendException = null;
		placeAndAcknowledge(new PlaceOrder("another order", null), KEY);
		assertThat(this.producer.history()).hasSize(1);
	}

	@Test
	void aRepetitionAfterARestartIsTheSameOrder() {
		PlacedOrder before = placeAndAcknowledge(ORDER, KEY);
		this.orders = start(Duration.ofMinutes(10));
		PlacedOrder after = placeAndAcknowledge(ORDER, KEY);
		assertThat(after.id()).isEqualTo(before.id());
		assertThat(idsInTopic()).containsExactly(before.id().toString(), before.id().toString());
	}

	@Test
	void theNewestAnswersAreRememberedAndTheOldestForgotten() {
		List<IdempotencyKey> keys = IntStream.range(0, 50 * REMEMBERED)
			.mapToObj((i) -> new IdempotencyKey("order-" + i))
			.toList();
		List<IdempotencyKey> newest = keys.subList(keys.size() - REMEMBERED, keys.size());
		keys.forEach((key) -> placeAndAcknowledge(ORDER, key));
		this.producer.clear();
		assertThat(newest.stream().map((key) -> this.orders.place(ORDER, key))).allMatch(CompletableFuture::isDone);
		assertThat(this.producer.history()).isEmpty();

		keys.subList(0, REMEMBERED).forEach((key) -> placeAndAcknowledge(ORDER, key));
		assertThat(idsInTopic()).hasSize(REMEMBERED);
	}

	@Test
	void anAnswerIsForgottenAfterItsTimeToLive() {
		this.orders = start(Duration.ofNanos(1));
		placeAndAcknowledge(ORDER, KEY);
		placeAndAcknowledge(ORDER, KEY);
		assertThat(idsInTopic()).containsExactly(KEY.orderId().toString(), KEY.orderId().toString());
	}

	private IdempotentOrders start(Duration timeToLive) {
		OrderProperties properties = new OrderProperties("topic_example", OrderProperties.Partitioner.ROUND_ROBIN,
				OrderProperties.Growth.IMMEDIATE, "product", 1000, Duration.ofMillis(500),
				new OrderProperties.Idempotency(REMEMBERED, timeToLive));
		KafkaTemplate<String, OrderPlaced> kafka = new KafkaTemplate<>(new MockProducerFactory<>(() -> this.producer));
		return new IdempotentOrders(new Orders(kafka, this.broker, properties, null), properties);
	}

	private PlacedOrder placeAndAcknowledge(PlaceOrder order, IdempotencyKey key) {
		CompletableFuture<PlacedOrder> placed = this.orders.place(order, key);
		assertThat(this.producer.completeNext()).as("sent").isTrue();
		return placed.join();
	}

	private void assertRefused(PlaceOrder order, HttpStatus status) {
		assertThatExceptionOfType(ErrorResponseException.class).isThrownBy(() -> this.orders.place(order, KEY))
			.satisfies((ex) -> assertThat(ex.getStatusCode()).isEqualTo(status));
	}

	private List<String> idsInTopic() {
		return this.producer.history()
			.stream()
			.map((record) -> record.value().id().toString())
			.collect(Collectors.toList());
	}

}
