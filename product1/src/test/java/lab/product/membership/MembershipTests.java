package lab.product.membership;

import java.util.List;
import java.util.Optional;

import lab.product.Consumption.JoinRefused;
import lab.product.Names;
import lab.product.Orders;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsResult;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupMaxSizeReachedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent.Reason;
import org.springframework.kafka.listener.MessageListenerContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Why the listener reads nothing, in the log and as health.
 */
@ExtendWith(OutputCaptureExtension.class)
class MembershipTests {

	private final BrokerWatch broker = mock(BrokerWatch.class);

	private final Admin admin = mock(Admin.class);

	private final MessageListenerContainer orders = mock(MessageListenerContainer.class);

	private final KafkaListenerEndpointRegistry listeners = mock(KafkaListenerEndpointRegistry.class);

	private final Membership membership = new Membership(Names.of("product1", "topic_example"), this.broker, this.admin,
			Optional.empty(), this.listeners);

	@BeforeEach
	void reads() {
		given(this.listeners.isRunning()).willReturn(true);
		given(this.listeners.getListenerContainer(Orders.LISTENER)).willReturn(this.orders);
		given(this.orders.isInExpectedState()).willReturn(true);
		given(this.broker.isReachable()).willReturn(true);
		ListGroupsResult groups = mock(ListGroupsResult.class);
		given(groups.all()).willReturn(KafkaFuture.completedFuture(List.of()));
		given(this.admin.listGroups()).willReturn(groups);
	}

	@Test
	void isUpWhileTheListenerReads() {
		assertThat(this.membership.health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void isDownUntilTheListenerIsRestartedAfterARefusal(CapturedOutput output) {
		this.membership.on(new JoinRefused(new GroupMaxSizeReachedException("2 members are enough")));
		assertThat(this.membership.health().getDetails().get("reason")).asString().contains("2 members are enough");

		this.membership.look();
		then(this.orders).should().start();
		assertThat(this.membership.health().getStatus()).isEqualTo(Status.UP);
		this.membership.on(new JoinRefused(new GroupMaxSizeReachedException("2 members are enough")));
		this.membership.look();
		then(this.orders).should().start();
		assertThat(this.membership.health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(output).containsOnlyOnce("Group product does not have product1 as a member (");
	}

	@Test
	void isDownWhenTheListenerHasStoppedForAnotherReason(CapturedOutput output) {
		this.membership.on(new ConsumerStoppedEvent(this.orders, this.orders, Reason.ERROR));

		assertThat(this.membership.health().getDetails()).containsEntry("reason", "stopped: ERROR");
		assertThat(output).containsOnlyOnce("product1 has stopped reading (ERROR): restart it.");
	}

	@Test
	void restartsTheListenerOfAShareGroupOnceWhenItsConsumerHasEnded(CapturedOutput output) {
		ShareGroup group = mock(ShareGroup.class);
		given(group.isReady()).willReturn(true);
		given(this.orders.isRunning()).willReturn(true);
		Membership membership = new Membership(Names.of("product1", "topic_example"), this.broker, this.admin,
				Optional.of(group), this.listeners);
		membership.on(new ConsumerStoppedEvent(this.orders, this.orders, Reason.ABNORMAL));
		assertThat(membership.health().getDetails()).containsEntry("reason", "stopped: ABNORMAL");

		membership.look();
		then(this.orders).should().stop();
		then(this.orders).should().start();
		assertThat(membership.health().getStatus()).isEqualTo(Status.UP);
		membership.on(new ConsumerStoppedEvent(this.orders, this.orders, Reason.ABNORMAL));
		membership.look();
		then(this.orders).should().start();
		assertThat(membership.health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(output).contains("product1 has stopped reading (ABNORMAL); starting again.");
	}

	@Test
	void isDownWhenTheListenerIsDeadAndNothingSaysWhy() {
		given(this.orders.isInExpectedState()).willReturn(false);

		assertThat(this.membership.health().getDetails()).containsEntry("reason", "the listener has stopped");
	}

	@Test
	void isDownWhileTheGroupIsOfAnotherType() {
		ListGroupsResult groups = mock(ListGroupsResult.class);
		given(groups.all()).willReturn(KafkaFuture
			.completedFuture(List.of(new GroupListing("product", Optional.of(GroupType.SHARE), "", Optional.empty()))));
		given(this.admin.listGroups()).willReturn(groups);
		this.membership.on(new JoinRefused(new IllegalStateException("refused")));
		this.membership.look();
		assertThat(this.membership.health().getStatus()).isEqualTo(Status.DOWN);
		then(this.orders).should(never()).start();
	}

	@Test
	void triesAgainWhenTheListenerCannotBeStarted() {
		willThrow(new IllegalStateException("no consumer")).willDoNothing().given(this.orders).start();
		this.membership.on(new JoinRefused(new IllegalStateException("refused")));
		this.membership.look();
		assertThat(this.membership.health().getDetails()).containsEntry("reason",
				"java.lang.IllegalStateException: no consumer");
	}

}
