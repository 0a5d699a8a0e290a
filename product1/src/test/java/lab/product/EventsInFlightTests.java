package lab.product;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is committed, and read next, given which events the broker acknowledges. Kafka's
 * own mock of a consumer plays the log.
 */
@ExtendWith(OutputCaptureExtension.class)
class EventsInFlightTests {

	private static final TopicPartition ZERO = new TopicPartition("topic_example", 0);

	private static final TopicPartition ONE = new TopicPartition("topic_example", 1);

	private final EventsInFlight inFlight = new EventsInFlight();

	private final MockConsumer<byte[], byte[]> log = new MockConsumer<>("earliest");

	private final Consumer<byte[], byte[]> consumer = guarded(this.log);

	@BeforeEach
	void fourOrdersInEachPartition() {
		this.log.assign(List.of(ZERO, ONE));
		this.log.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
		offer(ZERO, 0, 4);
		offer(ONE, 0, 4);
	}

	@Test
	void waitsForTheEventsBeforeItCommits() throws Exception {
		CompletableFuture<?> event = new CompletableFuture<>();
		poll();
		this.inFlight.add(order(ZERO, 0), event);
		Thread committing = new Thread(() -> commit(Map.of(ZERO, 1L)));
		committing.start();
		Awaitility.await("it waits")
			.atMost(Duration.ofMinutes(1))
			.until(() -> committing.getState() == Thread.State.WAITING);
		assertThat(committed(ZERO)).isNull();

		event.complete(null);
		committing.join(TimeUnit.MINUTES.toMillis(1));
		assertThat(committed(ZERO)).isEqualTo(1);
	}

	@Test
	void commitsWhatWasHandledAndReadsTheRestAgain(CapturedOutput output) throws Exception {
		poll();
		this.inFlight.add(order(ZERO, 0), acknowledged());
		this.inFlight.add(order(ZERO, 1), refused());
		this.inFlight.add(order(ZERO, 2), refused());
		this.inFlight.add(order(ZERO, 3), acknowledged());
		this.inFlight.add(order(ONE, 0), acknowledged());
		commit(Map.of(ZERO, 4L, ONE, 1L));

		assertThat(committed(ZERO)).isEqualTo(1);
		assertThat(committed(ONE)).isEqualTo(1);
		assertThat(output).containsOnlyOnce("Partition 0, offset 1 is not handled yet (")
			.doesNotContain("offset 2 is not");
		offer(ZERO, 0, 4);
		assertThat(poll()).containsExactly("0:1", "0:2", "0:3");
	}

	@Test
	void handlesTheFirstOrdersOnTheirOwnUntilOneSucceeds() throws Exception {
		poll();
		this.inFlight.add(order(ZERO, 0), refused());
		commit(Map.of(ZERO, 1L));
		offer(ZERO, 0, 4);
		poll();

		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> this.inFlight.add(order(ZERO, 0), refused()));
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> this.inFlight.add(order(ZERO, 0), refused()));
		// put aside as a dead letter; the next one
		this.inFlight.add(order(ZERO, 1), acknowledged());
		this.inFlight.add(order(ZERO, 2), refused());
		commit(Map.of(ZERO, 3L));
		assertThat(committed(ZERO)).isEqualTo(2);
	}

	@Test
	void aRecordThatFailsBehindItDoesNotSkipIt() throws Exception {
		poll();
		this.inFlight.add(order(ZERO, 0), refused());
		// what the container does when the listener throws at offset 2
		commit(Map.of(ZERO, 2L));
		this.consumer.seek(ZERO, 2);
		this.consumer.seek(ONE, 3);

		assertThat(committed(ZERO)).isZero();
		assertThat(this.log.position(ZERO)).isZero();
		assertThat(this.log.position(ONE)).isEqualTo(3);
	}

	@Test
	void goesOnBehindAnOrderThatWasDeletedMeanwhile() throws Exception {
		poll();
		this.inFlight.add(order(ZERO, 0), refused());
		commit(Map.of(ZERO, 1L));
		this.log.updateBeginningOffsets(Map.of(ZERO, 3L, ONE, 0L));
		this.log.seek(ZERO, 3);
		offer(ZERO, 3, 5);
		assertThat(poll()).containsExactly("0:3", "0:4");
		this.inFlight.add(order(ZERO, 3), acknowledged());
		commit(Map.of(ZERO, 4L));

		assertThat(committed(ZERO)).isEqualTo(4);
	}

	@Test
	void doesNotGoBackInAPartitionThatIsNotOwnedAnyMore() throws Exception {
		poll();
		this.inFlight.add(order(ZERO, 0), refused());
		this.log.assign(List.of(ONE));
		commit(Map.of(ONE, 1L));

		assertThat(this.log.assignment()).containsExactly(ONE);
		assertThat(committed(ONE)).isEqualTo(1);
	}

	private List<String> poll() {
		List<String> polled = new ArrayList<>();
		for (ConsumerRecord<byte[], byte[]> order : this.consumer.poll(Duration.ZERO)) {
			polled.add(order.partition() + ":" + order.offset());
		}
		return polled;
	}

	private void commit(Map<TopicPartition, Long> next) {
		Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
		next.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
		this.consumer.commitSync(offsets, Duration.ofSeconds(1));
	}

	private Long committed(TopicPartition partition) {
		OffsetAndMetadata offset = this.log.committed(Set.of(partition)).get(partition);
		return (offset != null) ? offset.offset() : null;
	}

	private void offer(TopicPartition partition, long from, long to) {
		for (long offset = from; offset < to; offset++) {
			this.log.addRecord(order(partition, offset));
		}
	}

	private static ConsumerRecord<byte[], byte[]> order(TopicPartition partition, long offset) {
		return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, null);
	}

	private static CompletableFuture<?> acknowledged() {
		return CompletableFuture.completedFuture(null);
	}

	private static CompletableFuture<?> refused() {
		return CompletableFuture.failedFuture(new TimeoutException("no answer"));
	}

	private Consumer<byte[], byte[]> guarded(Consumer<byte[], byte[]> consumer) {
		DefaultKafkaConsumerFactory<byte[], byte[]> factory = new DefaultKafkaConsumerFactory<>(Map.of());
		this.inFlight.customize(factory);
		return factory.getPostProcessors().get(0).apply(consumer);
	}

}
