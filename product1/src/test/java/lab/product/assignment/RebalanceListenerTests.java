package lab.product.assignment;

import java.util.List;
import java.util.Map;

import lab.product.Events;
import lab.product.Names;
import lab.product.RebalanceEvent;
import lab.product.RebalanceEvent.Type;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.ArgumentCaptor;

import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Calls the listener as Kafka does, with what changes only.
 */
@ExtendWith(OutputCaptureExtension.class)
class RebalanceListenerTests {

	private static final TopicPartition ZERO = new TopicPartition("topic_example", 0);

	private static final TopicPartition ONE = new TopicPartition("topic_example", 1);

	private static final TopicPartition TEN = new TopicPartition("topic_example", 10);

	private final Events events = mock(Events.class);

	private final Consumer<?, ?> consumer = mock();

	private final ConsumerGroupMetadata metadata = mock(ConsumerGroupMetadata.class);

	private Assignment assignment;

	private RebalanceListener listener;

	@BeforeEach
	void isAtEpochFour() {
		given(this.consumer.groupMetadata()).willReturn(this.metadata);
		given(this.metadata.generationId()).willReturn(4);
		listenUnder(Map.of("group.protocol", "consumer"));
	}

	private void listenUnder(Map<String, String> settings) {
		KafkaProperties kafka = new KafkaProperties();
		kafka.getConsumer().getProperties().putAll(settings);
		this.assignment = new Assignment(Names.of("product1", "topic_example"), this.events, kafka,
				new MockEnvironment());
		this.listener = new RebalanceListener(this.assignment);
	}

	@Test
	void addsWhatItIsGivenAndSaysWhatItOwnsNow(CapturedOutput output) {
		this.listener.onPartitionsAssigned(this.consumer, List.of(TEN, ZERO));
		this.listener.onPartitionsAssigned(this.consumer, List.of(ONE));

		assertThat(this.assignment.now().owned()).containsExactly(ZERO, ONE, TEN);
		assertThat(this.assignment.now().epoch()).isEqualTo(4);
		assertThat(output)
			.contains("product1 was given topic_example-1; owns topic_example-0, topic_example-1, topic_example-10"
					+ " (epoch 4).");
		assertThat(published()).last().satisfies((event) -> {
			assertThat(event.type()).isEqualTo(Type.ASSIGNED);
			assertThat(event.partitions()).containsExactly("topic_example-1");
			assertThat(event.owned()).containsExactly("topic_example-0", "topic_example-1", "topic_example-10");
		});
	}

	@Test
	void keepsTheRestWhenItGivesUpAPart(CapturedOutput output) {
		this.listener.onPartitionsAssigned(this.consumer, List.of(ZERO, ONE));
		this.listener.onPartitionsRevokedAfterCommit(this.consumer, List.of(ONE));

		assertThat(this.assignment.now().owned()).containsExactly(ZERO);
		assertThat(output).contains("product1 gave up topic_example-1; owns topic_example-0 (epoch 4).");
		assertThat(published()).last().extracting(RebalanceEvent::type).isEqualTo(Type.REVOKED);
	}

	@Test
	void tellsLostFromGivenUp(CapturedOutput output) {
		this.listener.onPartitionsAssigned(this.consumer, List.of(ZERO));
		this.listener.onPartitionsLost(this.consumer, List.of(ZERO));
		// Spring's container goes on to report it as revoked
		this.listener.onPartitionsRevokedBeforeCommit(this.consumer, List.of(ZERO));
		this.listener.onPartitionsRevokedAfterCommit(this.consumer, List.of(ZERO));

		assertThat(this.assignment.now().owned()).isEmpty();
		assertThat(output).contains("lost topic_example-0; owns nothing").doesNotContain("gave up");
		assertThat(published()).hasSize(2).last().extracting(RebalanceEvent::type).isEqualTo(Type.LOST);
	}

	@Test
	void saysOnceThatItJoinedAndWasGivenNothing(CapturedOutput output) {
		this.listener.onPartitionsAssigned(this.consumer, List.of());
		this.listener.onPartitionsAssigned(this.consumer, List.of());

		assertThat(output).containsOnlyOnce("product1 joined and was given nothing; owns nothing (epoch 4).");
		assertThat(published()).singleElement().satisfies((event) -> {
			assertThat(event.type()).isEqualTo(Type.ASSIGNED);
			assertThat(event.owned()).isEmpty();
		});
	}

	@Test
	void isSilentWhenNothingIsGivenUp() {
		this.listener.onPartitionsRevokedAfterCommit(this.consumer, List.of());

		then(this.events).should(never()).publish(any(RebalanceEvent.class));
		assertThat(this.assignment.now().recent()).isEmpty();
	}

	@Test
	void followsTheEpochWithoutACallback() {
		this.listener.onPartitionsAssigned(this.consumer, List.of(ZERO));
		given(this.metadata.generationId()).willReturn(7);
		this.listener
			.on(new ListenerContainerIdleEvent(this, this, 500, "orders", List.of(ZERO), this.consumer, false));

		assertThat(this.assignment.now().epoch()).isEqualTo(7);
		assertThat(this.assignment.now().owned()).containsExactly(ZERO);
	}

	@Test
	void speaksOfAGenerationUnderTheClassicProtocol(CapturedOutput output) {
		listenUnder(Map.of());
		this.listener.onPartitionsAssigned(this.consumer, List.of(ZERO));

		assertThat(this.assignment.protocol()).isEqualTo("classic");
		assertThat(output).contains("(generation 4)");
	}

	@Test
	void remembersTheLastTwentyRebalancesNewestFirst() {
		for (int i = 0; i < 15; i++) {
			this.listener.onPartitionsAssigned(this.consumer, List.of(new TopicPartition("topic_example", i)));
			this.listener.onPartitionsRevokedAfterCommit(this.consumer,
					List.of(new TopicPartition("topic_example", i)));
		}

		List<RebalanceEvent> recent = this.assignment.now().recent();
		assertThat(recent).hasSize(20);
		assertThat(recent.get(0)).extracting(RebalanceEvent::type, RebalanceEvent::partitions)
			.containsExactly(Type.REVOKED, List.of("topic_example-14"));
		assertThat(recent.get(19)).extracting(RebalanceEvent::type, RebalanceEvent::partitions)
			.containsExactly(Type.ASSIGNED, List.of("topic_example-5"));
	}

	private List<RebalanceEvent> published() {
		ArgumentCaptor<RebalanceEvent> captor = ArgumentCaptor.forClass(RebalanceEvent.class);
		then(this.events).should(atLeast(0)).publish(captor.capture());
		return captor.getAllValues();
	}

}
