package lab.console.group;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.terminal.Json;
import org.apache.kafka.clients.admin.ClassicGroupDescription;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.ShareMemberAssignment;
import org.apache.kafka.clients.admin.ShareMemberDescription;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.clients.admin.StreamsGroupMemberAssignment;
import org.apache.kafka.clients.admin.StreamsGroupMemberDescription;
import org.apache.kafka.clients.admin.StreamsGroupSubtopologyDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ClassicGroupState;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One model of what Kafka describes in a type for each protocol.
 */
class DescribedGroupTests {

	private static final TopicPartition ZERO = new TopicPartition("t", 0);

	private static final TopicPartition ONE = new TopicPartition("t", 1);

	@Test
	void aSharedPartitionHasReadersAndNoOwner() {
		GroupSnapshot group = snapshot(
				DescribedGroup.of(share(sharing("m1", "product1", ZERO, ONE), sharing("m2", "product2", ZERO)),
						Map.of(ZERO, new SharePartitionOffsetInfo(4, Optional.of(0), Optional.of(3L)))));
		assertThat(group.shared()).isTrue();
		assertThat(group.protocol()).isEqualTo("Share");
		assertThat(group.partitions()).containsExactly(
				new Partition("t", 0, 1, 4L, 0L, 10L, null, 3L, null, List.of("product1", "product2")),
				new Partition("t", 1, 1, null, 0L, 10L, null, null, null, List.of("product1")));
		assertThat(group.partitions()).extracting(Partition::readBy)
			.containsExactly(List.of("product1", "product2"), List.of("product1"));
		assertThat(group.members()).containsExactly(
				new Member("product1", "product1", "m1", "127.0.0.1", 7, List.of("t-0", "t-1"), null),
				new Member("product2", "product2", "m2", "127.0.0.1", 7, List.of("t-0"), null));
	}

	@Test
	void whereNoLagIsToldItIsTheWayFromTheStartOffsetToTheEnd() {
		GroupSnapshot group = snapshot(DescribedGroup.of(share(),
				Map.of(ZERO, new SharePartitionOffsetInfo(4, Optional.empty(), Optional.empty()))));
		assertThat(group.partitions().get(0).lag()).isEqualTo(6);
		assertThat(group.partitions().get(0).readers()).as("there might be some").isEmpty();
	}

	/**
	 * KIP-1071: a task reads the partition of its number of each source topic.
	 */
	@Test
	void aTaskOfAStreamsGroupIsThePartitionsThatItReads() {
		StreamsGroupSubtopologyDescription subtopology = new StreamsGroupSubtopologyDescription("0", List.of("t"),
				List.of(), Map.of(), Map.of());
		StreamsGroupMemberAssignment both = new StreamsGroupMemberAssignment(
				List.of(new StreamsGroupMemberAssignment.TaskIds("0", List.of(0, 1))), List.of(), List.of());
		StreamsGroupMemberAssignment nothing = new StreamsGroupMemberAssignment(List.of(), List.of(), List.of());
		StreamsGroupDescription group = new StreamsGroupDescription("product", 7, 7, 1, List.of(subtopology),
				List.of(streaming("app-1", both), streaming("app-2", nothing)), GroupState.STABLE, Node.noNode(),
				Set.of());
		GroupSnapshot snapshot = snapshot(DescribedGroup.of(group, Map.of(ZERO, new OffsetAndMetadata(4))));
		assertThat(snapshot.protocol()).isEqualTo("Streams");
		assertThat(snapshot.partitions()).extracting(Partition::owner).containsExactly("app-1", "app-1");
		assertThat(snapshot.partitions().get(0).lag()).isEqualTo(6);
		assertThat(snapshot.members()).extracting(Member::idle).containsExactly(false, true);
	}

	private static StreamsGroupMemberDescription streaming(String clientId, StreamsGroupMemberAssignment tasks) {
		return new StreamsGroupMemberDescription("id-" + clientId, 7, Optional.empty(), Optional.empty(), clientId,
				"/127.0.0.1", 1, "process", Optional.empty(), Map.of(), List.of(), List.of(), tasks, tasks, false);
	}

	@Test
	void aGroupOfConnectIsNotOneOfConsumers() {
		ClassicGroupDescription connect = new ClassicGroupDescription("product", "connect", "sessioned", List
			.of(new MemberDescription("m1", Optional.empty(), "worker", "/127.0.0.1", new MemberAssignment(Set.of()))),
				ClassicGroupState.STABLE, Node.noNode());
		GroupSnapshot group = DescribedGroup.of(connect).snapshot("product", Map.of(), Map.of(), List.of(), false);
		assertThat(GroupVerdict.of(group, Optional.empty(), Optional.empty(), Verdict.Memory.NONE))
			.isEqualTo(new Verdict(Verdict.Level.NOTE, "verdict.other-kind", List.of("product", "connect", "1")));
		assertThat(group.members()).singleElement().satisfies((worker) -> {
			assertThat(worker.idle()).as("what it does is not known").isFalse();
			assertThat(Json.tree(worker).get("idle").asBoolean()).isFalse();
			assertThat(Json.tree(worker).has("opaque")).isFalse();
		});
		assertThat(group.renamed(Map.of("worker", "other")).members()).extracting(Member::idle).containsExactly(false);
	}

	@Test
	void aGroupThatHasOnlyOffsetsIsNotOneThatItsMembersHaveLeft() {
		GroupSnapshot group = snapshot(DescribedGroup.of(
				new ConsumerGroupDescription("product", true, List.of(), "", GroupType.CLASSIC, GroupState.EMPTY,
						Node.noNode(), Set.of(), Optional.empty(), Optional.empty()),
				Map.of(ZERO, new OffsetAndMetadata(4))));
		assertThat(GroupVerdict.of(group, Optional.empty(), Optional.empty(), Verdict.Memory.NONE))
			.as("it has never committed in the second partition, which has records")
			.isEqualTo(new Verdict(Verdict.Level.NOTE, "verdict.simple-unsure", List.of("product", "6", "t-1")));
	}

	@Test
	void whatMayNotBeSeenIsNamedAndTheRestIsShown() {
		DescribedGroup described = DescribedGroup.hidden(GroupState.STABLE, GroupType.CONSUMER,
				DescribedGroup.committed(Map.of(ZERO, new OffsetAndMetadata(4))));
		GroupSnapshot group = described.snapshot("product", Map.of(ZERO, Optional.of(1)),
				Map.of(ZERO, new LogOffsets(0L, 10L)), List.of("secret"), false);
		assertThat(group.partitions()).hasSize(1);
		assertThat(GroupVerdict.of(group, Optional.empty(), Optional.empty(), Verdict.Memory.NONE).key())
			.isEqualTo("verdict.hidden-members");
		assertThat(OffsetVerdicts.of(group, Optional.empty(), UnreadRetention.UNKNOWN))
			.contains(new Verdict(Verdict.Level.NOTE, "verdict.hidden-topics", List.of("secret")));
		assertThat(GroupVerdict.of(group, Optional.of("secret"), Optional.empty(), Verdict.Memory.NONE))
			.isEqualTo(new Verdict(Verdict.Level.BAD, "verdict.hidden-topics", List.of("secret")));
	}

	/**
	 * Committed offset, start and end of the log, and the lag.
	 */
	@ParameterizedTest
	@CsvSource({ "4, 0, 10, 6", "10, 0, 10, 0", "4, 7, 10, 3", "4, 10, 10, 0", "11, 0, 10, ", "5000, 0, 0, ",
			"4, , 10, 6", "4, 0, , ", "4, , , ", "0, 12, 10, 0" })
	void theLagIsKnownAndNotNegativeOrItIsUnknown(long committed, @Nullable Long start, @Nullable Long end,
			@Nullable Long lag) {
		DescribedGroup described = DescribedGroup.of(consumer(new MemberDescription("m1", Optional.empty(), "product1",
				"/127.0.0.1", new MemberAssignment(Set.of(ZERO)))), Map.of(ZERO, new OffsetAndMetadata(committed)));
		Partition partition = described
			.snapshot("product", Map.of(ZERO, Optional.of(1)), Map.of(ZERO, new LogOffsets(start, end)), List.of(),
					false)
			.partitions()
			.get(0);
		assertThat(partition.lag()).isEqualTo(lag);
		assertThat(partition.end()).isEqualTo(end);
	}

	/**
	 * Committed offset, last stable offset and end, the lag up to the last stable offset
	 * and Kafka's own where it is another.
	 */
	@ParameterizedTest
	@CsvSource({ "5, 5, 30, 0, 25, 25", "2, 5, 30, 3, 28, 25", "7, 5, 30, 23, , 0", "30, 30, 30, 0, , 0",
			"4, 30, 30, 26, , 0" })
	void theLagEndsAtTheLastStableOffsetIfTheGroupReadsCommitted(long committed, long stable, long end, long lag,
			@Nullable Long kafka, long open) {
		Partition partition = new Partition("t", 0, 1, committed, new LogOffsets(0L, end, stable), "product1", true);
		assertThat(partition.lag()).isEqualTo(lag);
		assertThat(partition.kafkaLag()).isEqualTo(kafka);
		assertThat(partition.inOpenTransaction()).isEqualTo(open);
		assertThat(partition.notRecords()).isZero();
	}

	/**
	 * Committed offset, last stable offset and end, the lag up to the end, and the
	 * offsets of the open transaction.
	 */
	@ParameterizedTest
	@CsvSource({ "5, 5, 30, 25, 25", "2, 5, 30, 28, 25", "7, 5, 30, 23, 0", "30, 30, 30, 0, 0" })
	void theLagEndsAtTheEndIfTheGroupIsNotKnownToReadCommitted(long committed, long stable, long end, long lag,
			long open) {
		Partition partition = new Partition("t", 0, 1, committed, new LogOffsets(0L, end, stable), "one", false);
		assertThat(partition.lag()).isEqualTo(lag);
		assertThat(partition.kafkaLag()).isNull();
		assertThat(partition.inOpenTransaction()).isEqualTo(open);
		assertThat(partition.notRecords()).isZero();
	}

	@Test
	void aPartitionWithoutALeaderHasNoEndAndNoLag() {
		DescribedGroup described = DescribedGroup.of(consumer(new MemberDescription("m1", Optional.empty(), "product1",
				"/127.0.0.1", new MemberAssignment(Set.of(ZERO)))), Map.of(ZERO, new OffsetAndMetadata(7)));
		Partition partition = described.snapshot("product", Map.of(ZERO, Optional.empty()), Map.of(), List.of(), false)
			.partitions()
			.get(0);
		assertThat(partition.end()).isNull();
		assertThat(partition.lag()).isNull();
		assertThat(partition.kafkaLag()).isNull();
	}

	@Test
	void membersOfOneClientIdAreToldApartAlsoAsReaders() {
		GroupSnapshot group = snapshot(DescribedGroup.of(
				share(sharing("console-1111111", "console", ZERO), sharing("console-2222222", "console", ZERO)),
				Map.of()));
		assertThat(group.partitions().get(0).readers()).containsExactly("console-111111", "console-222222");
		assertThat(group.renamed(Map.of("console-111111", "first")).partitions().get(0).readers())
			.containsExactly("first", "console-222222");
	}

	@Test
	void anOwnedPartitionHasAnOwnerAndNoReaders() {
		GroupSnapshot group = snapshot(
				DescribedGroup.of(consumer(new MemberDescription("m1", Optional.of("rack-1"), "product1", "/127.0.0.1",
						new MemberAssignment(Set.of(ZERO)))), Map.of(ZERO, new OffsetAndMetadata(4))));
		assertThat(group.shared()).isFalse();
		assertThat(group.partitions()).containsExactly(
				new Partition("t", 0, 1, 4L, 0L, 10L, null, 6L, "product1", null),
				new Partition("t", 1, 1, null, 0L, 10L, null, null, null, null));
		assertThat(group.members()).singleElement().satisfies((member) -> {
			assertThat(member.groupInstanceId()).isEqualTo("rack-1");
			assertThat(member.epoch()).isNull();
			assertThat(member.away()).isFalse();
		});
	}

	@Test
	void aStaticMemberWithTheEpochOfOneThatLeavesForAWhileIsAway() {
		GroupSnapshot group = snapshot(DescribedGroup.of(
				consumer(new MemberDescription("m1", Optional.of("rack-1"), Optional.empty(), "product1", "/127.0.0.1",
						new MemberAssignment(Set.of(ZERO)), Optional.empty(), Optional.of(-2), Optional.empty())),
				Map.of()));
		assertThat(group.members()).singleElement().matches(Member::away);
	}

	private static GroupSnapshot snapshot(DescribedGroup described) {
		Collection<TopicPartition> partitions = IntStream.range(0, 2)
			.mapToObj((number) -> new TopicPartition("t", number))
			.toList();
		return described.snapshot("product",
				partitions.stream().collect(Collectors.toMap((partition) -> partition, (partition) -> Optional.of(1))),
				partitions.stream()
					.collect(Collectors.toMap((partition) -> partition, (partition) -> new LogOffsets(0L, 10L))),
				List.of(), false);
	}

	private static ShareGroupDescription share(ShareMemberDescription... members) {
		return new ShareGroupDescription("product", List.of(members), GroupState.STABLE, Node.noNode(), 7, 7);
	}

	private static ShareMemberDescription sharing(String memberId, String clientId, TopicPartition... partitions) {
		return new ShareMemberDescription(memberId, Optional.empty(), clientId, "/127.0.0.1",
				new ShareMemberAssignment(Set.of(partitions)), 7);
	}

	private static ConsumerGroupDescription consumer(MemberDescription member) {
		return new ConsumerGroupDescription("product", false, List.of(member), "range", GroupType.CLASSIC,
				GroupState.STABLE, Node.noNode(), Set.of(), Optional.empty(), Optional.empty());
	}

}
