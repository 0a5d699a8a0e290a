package lab.product;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import lab.product.Consumption.JoinRefused;
import org.apache.kafka.clients.Metadata.LeaderAndEpoch;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.clients.consumer.internals.SubscriptionState;
import org.apache.kafka.clients.consumer.internals.SubscriptionState.FetchPosition;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupMaxSizeReachedException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.utils.LogContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

/**
 * Which failures of the client stop the listener, and which it goes on after.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClientFailuresTests {

	private final ApplicationEventPublisher publisher = mock(ApplicationEventPublisher.class);

	private final MessageListenerContainer container = mock(MessageListenerContainer.class);

	private final DefaultErrorHandler handler = new Consumption().errorHandler(mock(DeadLetters.class),
			new ClientFailures(Names.of("product1", "topic_example")), this.publisher);

	@Test
	void theListenerGoesOnAfterAFailureThatPasses(CapturedOutput output) {
		for (KafkaException passing : List.of(new TimeoutException("the commit took 60 s"),
				new TimeoutException("the commit took 60 s"), new CommitFailedException(), new WakeupException(),
				new DisconnectException("reset"), new KafkaException("User rebalance callback throws an error"))) {
			handle(passing);
		}

		then(this.container).shouldHaveNoInteractions();
		then(this.publisher).should(never()).publishEvent(any(Object.class));
		assertThat(output).containsOnlyOnce("the commit took 60 s); it goes on.").doesNotContain("\tat ");
	}

	/**
	 * As after a member was removed that polled too late.
	 */
	@Test
	void theListenerGoesOnAfterThePartitionHasGoneMeanwhile(CapturedOutput output) {
		TopicPartition zero = new TopicPartition("topic_example", 0);
		SubscriptionState subscription = new SubscriptionState(new LogContext(), AutoOffsetResetStrategy.EARLIEST);
		handle(catchThrowableOfType(IllegalStateException.class, () -> subscription.position(zero)));
		subscription.assignFromUser(Set.of(zero));
		handle(catchThrowableOfType(IllegalStateException.class, () -> subscription.position(zero,
				new FetchPosition(1, Optional.empty(), LeaderAndEpoch.noLeaderOrEpoch()))));

		then(this.container).shouldHaveNoInteractions();
		then(this.publisher).should(never()).publishEvent(any(Object.class));
		assertThat(output).contains("No current assignment for partition topic_example-0); it goes on.",
				"without a valid current position); it goes on.");
	}

	@Test
	void theListenerStopsWhenTheGroupRefusesIt() {
		List<Exception> refusals = List.of(new GroupMaxSizeReachedException("2 members are enough"),
				new InconsistentGroupProtocolException("a share group"), new UnreleasedInstanceIdException("product1"),
				new IllegalStateException("no failure that is known"));
		refusals.forEach(this::handle);

		then(this.container).should(times(refusals.size())).stop(any(Runnable.class));
		refusals.forEach((refusal) -> then(this.publisher).should().publishEvent(new JoinRefused(refusal)));
	}

	private void handle(Exception ex) {
		this.handler.handleOtherException(ex, mock(Consumer.class), this.container, false);
	}

}
