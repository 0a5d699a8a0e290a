package lab.product.assignment;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import lab.product.Events;
import lab.product.Names;
import lab.product.membership.BrokerWatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsResult;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * What is reported of partitions that product1 believes to own, for the coordinator's
 * possible answers.
 */
@ExtendWith(OutputCaptureExtension.class)
class EvictionTests {

	private static final TopicPartition ZERO = new TopicPartition("topic_example", 0);

	private static final TopicPartition ONE = new TopicPartition("topic_example", 1);

	private static final String NOTE = "the group has taken topic_example-1 away;"
			+ " product1 learns of it after the records that it has polled";

	private final Assignment assignment = new Assignment(Names.of("product1", "topic_example"), mock(Events.class),
			new KafkaProperties(), new MockEnvironment());

	private final BrokerWatch broker = mock(BrokerWatch.class);

	private final Admin admin = mock(Admin.class);

	private final Eviction eviction = new Eviction(Names.of("product1", "topic_example"), this.assignment, this.broker,
			this.admin);

	@BeforeEach
	void believesToOwnTwo() {
		given(this.broker.isReachable()).willReturn(true);
		this.assignment.assigned(List.of(ZERO, ONE), 4);
	}

	@Test
	void isReportedOnceItWasSeenTwiceAndUntilItIsKnown(CapturedOutput output) {
		group(GroupState.STABLE, member("product1", ZERO), member("product2", ONE));
		this.eviction.look();
		assertThat(this.assignment.note()).isNull();
		this.eviction.look();
		this.eviction.look();
		assertThat(this.assignment.note()).isEqualTo(NOTE);
		assertThat(output).containsOnlyOnce(NOTE);

		this.assignment.lost(List.of(ONE), 5);
		this.eviction.look();
		assertThat(this.assignment.note()).isNull();
	}

	@Test
	void isReportedOfTheOnlyMember() {
		group(GroupState.EMPTY);
		this.eviction.look();
		this.eviction.look();
		assertThat(this.assignment.note()).contains("topic_example-0, topic_example-1");
	}

	/**
	 * The listener has reported it: a warning would come after the fact.
	 */
	@Test
	void isNotReportedOnceTheInstanceKnows(CapturedOutput output) {
		group(GroupState.EMPTY);
		this.eviction.look();
		whileTheGroupIsAsked(() -> this.assignment.lost(List.of(ZERO, ONE), 5));
		this.eviction.look();
		assertThat(this.assignment.note()).isNull();
		assertThat(output).doesNotContain("has not polled");
	}

	/**
	 * An answer that is older than the new assignment says nothing about it, and neither
	 * does what was suspected of the one before.
	 */
	@Test
	void isNotReportedOfTheSamePartitionsGivenAnew(CapturedOutput output) {
		group(GroupState.EMPTY);
		this.eviction.look();
		whileTheGroupIsAsked(this::rejoins);
		this.eviction.look();
		this.eviction.look();
		assertThat(this.assignment.note()).isNull();

		rejoins();
		this.eviction.look();
		assertThat(this.assignment.note()).isNull();
		assertThat(output).doesNotContain("has not polled");
	}

	private void rejoins() {
		this.assignment.lost(List.of(ZERO, ONE), 5);
		this.assignment.assigned(List.of(ZERO, ONE), 6);
	}

	@Test
	void isNotReportedOfAnOwner() {
		group(GroupState.STABLE, member("product1", ZERO, ONE), member("product2"));
		this.eviction.look();
		this.eviction.look();
		assertThat(this.assignment.note()).isNull();
	}

	/**
	 * As under the cooperative assignor, before the member's next poll.
	 */
	@Test
	void isNotReportedOfAMemberThatIsToGiveUpAPartition() {
		group(GroupState.STABLE, member("product1", ZERO), member("product2"));
		this.eviction.look();
		this.eviction.look();
		assertThat(this.assignment.note()).isNull();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "STABLE", "EMPTY" })
	void isNotReportedWhileTheGroupRebalances(GroupState state) {
		group(state, member("product1"));
		this.eviction.look();
		this.eviction.look();
		assertThat(this.assignment.note()).isNull();
	}

	/**
	 * Lets the next answer, which is as the last, come only after that.
	 */
	private void whileTheGroupIsAsked(Runnable happens) {
		DescribeConsumerGroupsResult result = this.admin.describeConsumerGroups(List.of("product"));
		given(this.admin.describeConsumerGroups(anyCollection())).willAnswer((call) -> {
			happens.run();
			return result;
		}).willReturn(result);
	}

	private void group(GroupState state, MemberDescription... members) {
		ConsumerGroupDescription group = mock(ConsumerGroupDescription.class);
		given(group.groupState()).willReturn(state);
		given(group.members()).willReturn(List.of(members));
		DescribeConsumerGroupsResult result = mock(DescribeConsumerGroupsResult.class);
		given(result.all()).willReturn(KafkaFuture.completedFuture(Map.of("product", group)));
		given(this.admin.describeConsumerGroups(anyCollection())).willReturn(result);
	}

	private static MemberDescription member(String instance, TopicPartition... partitions) {
		MemberDescription member = mock(MemberDescription.class);
		given(member.clientId()).willReturn(instance);
		given(member.assignment()).willReturn(new MemberAssignment(Set.copyOf(Stream.of(partitions).toList())));
		return member;
	}

}
