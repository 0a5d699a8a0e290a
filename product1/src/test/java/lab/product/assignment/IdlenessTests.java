package lab.product.assignment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import lab.product.Names;
import lab.product.membership.BrokerWatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * What is logged for the coordinator's possible answers.
 */
@ExtendWith(OutputCaptureExtension.class)
class IdlenessTests {

	private static final TopicPartition ZERO = new TopicPartition("topic_example", 0);

	private final Assignment assignment = mock(Assignment.class);

	private final BrokerWatch broker = mock(BrokerWatch.class);

	private final Admin admin = mock(Admin.class);

	private final Idleness idleness = new Idleness(Names.of("product2", "topic_example"), this.assignment, this.broker,
			this.admin);

	@BeforeEach
	void ownsNothing() {
		given(this.broker.isReachable()).willReturn(true);
		owns();
		topic(1);
	}

	@Test
	void saysOnceThatItIsOneMemberTooMany(CapturedOutput output) {
		group(GroupState.STABLE, member("product1", ZERO), member("product2"));
		look(5);

		assertThat(output).containsOnlyOnce("""
				product2 is IDLE: it owns no partition, because group product has 2 members and topic_example \
				1 partition (a partition is read by one member of a group).""");
		assertThat(this.idleness.reason()).hasValueSatisfying((reason) -> assertThat(reason).contains("2 members"));
	}

	@Test
	void saysSoAgainWhenTheReasonChanges(CapturedOutput output) {
		group(GroupState.STABLE, member("product1", ZERO), member("product2"));
		look(3);
		group(GroupState.STABLE, member("product1", ZERO), member("product2"), member("product3"));
		look(3);

		assertThat(output).containsOnlyOnce("2 members").containsOnlyOnce("3 members");
	}

	@Test
	void doesNotTrustASingleAnswer(CapturedOutput output) {
		group(GroupState.STABLE, member("product1", ZERO), member("product2"));
		look(1);

		assertThat(output).doesNotContain("IDLE");
		assertThat(this.idleness.reason()).isEmpty();
	}

	@Test
	void isSilentWhileTheGroupMoves(CapturedOutput output) {
		group(GroupState.RECONCILING, member("product1", ZERO), member("product2"));
		look(3);

		assertThat(output).doesNotContain("IDLE");
	}

	@Test
	void isSilentWhileAPartitionIsOnItsWay(CapturedOutput output) {
		topic(2);
		group(GroupState.STABLE, member("product1", ZERO), new MemberDescription("id", Optional.empty(), "product2",
				"/127.0.0.1", owning(), Optional.of(owning(new TopicPartition("topic_example", 1)))));
		look(3);

		assertThat(output).doesNotContain("IDLE");
	}

	@Test
	void isSilentBeforeItIsAMember(CapturedOutput output) {
		group(GroupState.STABLE, member("product1", ZERO));
		look(3);

		assertThat(output).doesNotContain("IDLE");
	}

	@Test
	void saysThatTheTopicDoesNotExist(CapturedOutput output) {
		topic(0);
		group(GroupState.STABLE, member("product2"));
		look(3);

		assertThat(output).containsOnlyOnce("because topic topic_example does not exist yet.");
	}

	@Test
	void saysThatTheGroupHasNotNoticedANewPartition(CapturedOutput output) {
		topic(2);
		group(GroupState.STABLE, member("product1", ZERO), member("product2"));
		look(3);

		assertThat(output)
			.containsOnlyOnce("because group product has not noticed yet that topic_example has 2 partitions now.");
	}

	@Test
	void isNoLongerIdleWhenItOwnsAPartition() {
		group(GroupState.STABLE, member("product1", ZERO), member("product2"));
		look(3);
		owns(new TopicPartition("topic_example", 1));

		assertThat(this.idleness.reason()).isEmpty();
		look(1);
		owns();
		assertThat(this.idleness.reason()).as("the old reason is forgotten").isEmpty();
	}

	@Test
	void asksNothingOfABrokerThatIsAway(CapturedOutput output) {
		given(this.broker.isReachable()).willReturn(false);
		look(3);

		assertThat(output).doesNotContain("IDLE");
	}

	private void look(int times) {
		IntStream.range(0, times).forEach((time) -> this.idleness.look());
	}

	private void owns(TopicPartition... partitions) {
		given(this.assignment.now()).willReturn(new Assignment.Snapshot(List.of(partitions), 1, List.of()));
	}

	private void topic(int partitions) {
		KafkaFutureImpl<Map<String, TopicDescription>> answer = new KafkaFutureImpl<>();
		if (partitions == 0) {
			answer.completeExceptionally(new UnknownTopicOrPartitionException());
		}
		else {
			answer.complete(Map.of("topic_example",
					new TopicDescription("topic_example", false,
							IntStream.range(0, partitions)
								.mapToObj((i) -> new TopicPartitionInfo(i, Node.noNode(), List.of(), List.of()))
								.toList())));
		}
		DescribeTopicsResult result = mock(DescribeTopicsResult.class);
		given(result.allTopicNames()).willReturn(answer);
		given(this.admin.describeTopics(anyCollection())).willReturn(result);
	}

	private void group(GroupState state, MemberDescription... members) {
		DescribeConsumerGroupsResult result = mock(DescribeConsumerGroupsResult.class);
		given(result.all()).willReturn(KafkaFuture.completedFuture(
				Map.of("product", new ConsumerGroupDescription("product", false, List.of(members), "uniform",
						GroupType.CONSUMER, state, Node.noNode(), Set.of(), Optional.empty(), Optional.empty()))));
		given(this.admin.describeConsumerGroups(anyCollection())).willReturn(result);
	}

	private static MemberDescription member(String name, TopicPartition... partitions) {
		return new MemberDescription(name + "-id", name, "/127.0.0.1", owning(partitions));
	}

	private static MemberAssignment owning(TopicPartition... partitions) {
		return new MemberAssignment(Set.of(partitions));
	}

}
