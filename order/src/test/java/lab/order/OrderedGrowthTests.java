package lab.order;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.mock.MockProducerFactory;
import org.springframework.kafka.support.serializer.JacksonJsonSerializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verifyNoInteractions;

/**
 * Which partitions the orders of a key go to while a topic of one partition grows to
 * four. The key foobar is in partition 0 of 1, and in partition 2 of 4.
 */
class OrderedGrowthTests {

	private static final String KEY = "foobar";

	private static final List<PartitionInfo> PARTITIONS = IntStream.range(0, 4)
		.mapToObj((i) -> new PartitionInfo("topic_example", i, Node.noNode(), new Node[0], new Node[0]))
		.toList();

	/** What the producer knows of the topic. */
	private volatile int existing = 4;

	private final MockProducer<String, OrderPlaced> producer = new MockProducer<>(
			new Cluster("cluster", List.of(), PARTITIONS, Set.of(), Set.of()), true, null, new StringSerializer(),
			new JacksonJsonSerializer<>()) {

		@Override
		public List<PartitionInfo> partitionsFor(String topic) {
			return PARTITIONS.subList(0, OrderedGrowthTests.this.existing);
		}

		@Override
		public void close(Duration timeout) {
			// Spring's factory shares one producer, and the template does not close it
		}

	};

	private final GroupOffsets offsets = mock(GroupOffsets.class);

	private final OrderedGrowth growth = new OrderedGrowth(
			new KafkaTemplate<>(new MockProducerFactory<>(() -> this.producer)), this.offsets,
			new OrderProperties("topic_example", OrderProperties.Partitioner.ROUND_ROBIN,
					OrderProperties.Growth.ORDERED, "product", 1000, Duration.ofMillis(500),
					new OrderProperties.Idempotency(10, Duration.ofMinutes(10))));

	@BeforeEach
	void theServiceUsedOnePartitionBefore() {
		given(this.offsets.inUse()).willReturn(1);
		given(this.offsets.ends(anyInt())).willReturn(Map.of(new TopicPartition("topic_example", 0), 5L));
	}

	@AfterEach
	void endGrowth() {
		this.growth.destroy();
	}

	@Test
	void anOrderWithoutKeyIsLeftToTheProducer() {
		this.growth.send(new ProducerRecord<>("topic_example", null, order(null)));
		assertThat(this.producer.history()).singleElement().satisfies((record) -> {
			assertThat(record.key()).isNull();
			assertThat(record.partition()).isNull();
		});
		verifyNoInteractions(this.offsets);
	}

	@Test
	void theFirstStartUsesAllPartitionsAndKeepsTheirNumber() {
		given(this.offsets.inUse()).willReturn(0);
		assertThat(partitionOfNext()).isEqualTo(2);
		then(this.offsets).should().use(4);
		assertThat(partitionOfNext()).isEqualTo(2);
		then(this.offsets).should(never()).unhandled(anyMap());
	}

	@Test
	void theNumberIsReadBeforeTheFirstOrder() {
		this.growth.prepare();
		assertThat(this.growth.health().getDetails()).isEqualTo(Map.of("partitionsInUse", 1));
		partitionOfNext();
		then(this.offsets).should().inUse();
	}

	@Test
	void aStartInTheMiddleOfAGrowthUsesTheFormerPartitionsUntilTheirOrdersAreHandled() {
		given(this.offsets.unhandled(anyMap())).willReturn(5L);
		assertThat(partitionOfNext()).isZero();
		Awaitility.await("the health says what is waited for")
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.growth.health().getDetails()).containsEntry("partitionsInUse", 1)
				.containsEntry("waiting", "group product, which has not handled 5 records"));
		assertThat(partitionOfNext()).isZero();
		then(this.offsets).should(never()).use(4);

		given(this.offsets.unhandled(anyMap())).willReturn(0L);
		awaitAllPartitions();
		InOrder order = inOrder(this.offsets);
		order.verify(this.offsets).use(1);
		order.verify(this.offsets).use(4);
		assertThat(this.growth.health().getDetails()).isEqualTo(Map.of("partitionsInUse", 4));
	}

	/**
	 * Places an order, and returns when the orders after it are held, until the group has
	 * handled it.
	 */
	private void holdUntil(CountDownLatch handled) throws InterruptedException {
		CountDownLatch held = new CountDownLatch(1);
		given(this.offsets.unhandled(anyMap())).willReturn(0L).willAnswer((call) -> {
			held.countDown();
			handled.await();
			return 0L;
		});
		assertThat(partitionOfNext()).isZero();
		held.await();
	}

	@Test
	void anOrderIsHeldWhileTheLastOnesAreHandled() throws InterruptedException {
		CountDownLatch handled = new CountDownLatch(1);
		holdUntil(handled);
		CompletableFuture<Integer> next = CompletableFuture.supplyAsync(this::partitionOfNext);
		assertThat(this.producer.history()).hasSize(1);
		handled.countDown();
		assertThat(next.join()).isEqualTo(2);
	}

	@Test
	void anOrderThatIsHeldForTooLongIsNotSent() throws InterruptedException {
		CountDownLatch handled = new CountDownLatch(1);
		holdUntil(handled);
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(this::partitionOfNext)
			.withMessage("topic_example has new partitions, and group product has not handled the orders before them.");
		assertThat(this.producer.history()).hasSize(1);
		handled.countDown();
	}

	@Test
	void ordersAreNotHeldLongerThanASecondAndKeepTheFormerPartitions() {
		// the end offsets are read before each hold, and in it
		AtomicInteger reads = new AtomicInteger();
		given(this.offsets.ends(1)).willAnswer((call) -> {
			reads.incrementAndGet();
			return Map.of();
		});
		given(this.offsets.unhandled(anyMap())).willAnswer((call) -> (reads.get() % 2 == 1) ? 0L : 5L);
		assertThat(partitionOfNext()).isZero();
		Awaitility.await("the first hold is over").atMost(Duration.ofSeconds(30)).until(() -> reads.get() >= 3);
		assertThat(partitionOfNext()).isZero();
		then(this.offsets).should(never()).use(4);
	}

	@Test
	void aNumberThatCannotBeKeptIsNotUsed() {
		willThrow(new TimeoutException("no answer")).willDoNothing().given(this.offsets).use(4);
		assertThat(partitionOfNext()).isZero();
		awaitAllPartitions();
		then(this.offsets).should(times(2)).use(4);
	}

	@Test
	void withoutAnAnswerFromKafkaTheGrowthGoesOnLater() {
		given(this.offsets.unhandled(anyMap())).willThrow(new TimeoutException("no answer")).willReturn(0L);
		assertThat(partitionOfNext()).isZero();
		awaitAllPartitions();
	}

	@Test
	void anOrderIsNotSentWhileTheNumberInUseIsUnknown() {
		given(this.offsets.inUse()).willThrow(new TimeoutException("no answer")).willReturn(1);
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(this::partitionOfNext);
		assertThat(this.producer.history()).isEmpty();
	}

	@Test
	void aTopicThatWasMadeAgainWithFewerPartitionsUsesThose() {
		given(this.offsets.inUse()).willReturn(4, 0);
		assertThat(partitionOfNext()).isEqualTo(2);
		this.existing = 1;
		assertThat(partitionOfNext()).isZero();
		then(this.offsets).should().use(1);
	}

	@Test
	void metadataOfABrokerThatDoesNotKnowTheNewPartitionsMovesNoKeyBack() {
		given(this.offsets.inUse()).willReturn(4);
		assertThat(partitionOfNext()).isEqualTo(2);
		this.existing = 1;
		assertThat(partitionOfNext()).isEqualTo(2);
		then(this.offsets).should(never()).use(1);
	}

	private void awaitAllPartitions() {
		Awaitility.await("orders use all partitions")
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.growth.health().getDetails().equals(Map.of("partitionsInUse", 4)));
		assertThat(partitionOfNext()).isEqualTo(2);
	}

	private int partitionOfNext() {
		return this.growth.send(new ProducerRecord<>("topic_example", KEY, order(KEY)))
			.join()
			.getRecordMetadata()
			.partition();
	}

	private static OrderPlaced order(@Nullable String customerId) {
		return OrderPlaced.now(UUID.randomUUID(), new PlaceOrder("1st-Order", customerId));
	}

}
