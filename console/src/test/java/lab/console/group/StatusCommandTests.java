package lab.console.group;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.StatusCommand.Status;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import lab.console.terminal.Terminal;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class StatusCommandTests {

	private final GroupSnapshot snapshot = new GroupSnapshot(Instant.parse("2026-11-01T09:00:00Z"), "product",
			"Reconciling", "Consumer", "uniform", 4, 4,
			List.of(new Member("product1", "product1", "m1", "127.0.0.1", 4, List.of("topic_example-0"),
					List.of("topic_example-0")),
					new Member("product2", "product2", "m2", "127.0.0.1", 3, List.of(), List.of("topic_example-1")),
					new Member("product3", "product3", "m3", "127.0.0.1", 4, List.of(), List.of())),
			List.of(new Partition("topic_example", 0, 1, 7L, 9, "product1"),
					new Partition("topic_example", 1, 1, null, 3, null)));

	private final GroupSnapshot shared = new GroupSnapshot(Instant.EPOCH, "product", "Stable", "Share", null, 3, 3,
			List.of(new Member("product1", "product1", "m1", "127.0.0.1", 3, List.of("topic_example-0"), null),
					new Member("product2", "product2", "m2", "127.0.0.1", 3, List.of("topic_example-0"), null)),
			List.of(new Partition("topic_example", 0, 1, 7L, 0L, 9L, null, 1L, null, List.of("product1", "product2"))));

	private final GroupSnapshot unknown = new GroupSnapshot(Instant.EPOCH, "product", "Dead", null, null, null, null,
			List.of(), List.of());

	@Test
	void tellsOwnerIdleMemberAndPartitionThatIsOnItsWay() {
		assertThat(printed(this.snapshot, Language.EN)).isEqualTo("""
				group product: Reconciling, protocol Consumer, assignor uniform, epoch 4

				PARTITION        LEADER  COMMITTED  END  LAG  OWNER
				topic_example-0  1       7          9    2    product1
				topic_example-1  1       -          3    -    -

				MEMBER    HOST       EPOCH  PARTITIONS
				product1  127.0.0.1  4      topic_example-0
				product2  127.0.0.1  3      none yet; next: topic_example-1
				product3  127.0.0.1  4      none: IDLE (members: 3, partitions: 2)

				The group is rebalancing. Partitions without an owner now: 1.
				""");
	}

	@Test
	void tellsItInKorean() {
		assertThat(printed(this.snapshot, Language.KO)).contains("유휴(IDLE)").contains("topic_example-1 할당 진행 중");
	}

	@Test
	void saysThatThereIsNoTopicAndHowToMakeIt() {
		assertThat(printed(this.unknown, Language.EN)).contains("topic topic_example does not exist")
			.contains("--create --topic topic_example");
	}

	@Test
	void saysThatATopicDoesNotExistAlsoWhereTheGroupHasOthers() {
		assertThat(printed(this.snapshot, Optional.of("nope"), Language.EN)).contains("topic_example-0",
				"topic nope does not exist");
	}

	@Test
	void saysThatTheClusterDoesNotKnowTheGroup() {
		assertThat(printed(this.unknown, Optional.empty(), Language.EN)).isEqualTo(
				"""
						group product: does not exist

						Group product does not exist: no consumer has joined it, or it was deleted. Start a consumer of it, or check the name.
						""");
	}

	@Test
	void saysThatNobodyIsInTheGroupAndHowMuchWaits() {
		GroupSnapshot left = new GroupSnapshot(Instant.EPOCH, "product", "Empty", "Classic", null, null, null,
				List.of(), List.of(new Partition("topic_example", 0, 1, 7L, 9, null)));
		assertThat(printed(left, Language.EN)).isEqualTo(
				"""
						group product: Empty, protocol Classic

						PARTITION        LEADER  COMMITTED  END  LAG  OWNER
						topic_example-0  1       7          9    2    -

						Group product has no members: nothing is read. Records behind: 2. Start a consumer of it, or, if one is running, see whether it still polls.
						""");
	}

	/**
	 * What Kafka's own commands print is -4000 for the first partition, and 12 for the
	 * second.
	 */
	@Test
	void saysWhichOffsetsAreOutOfRangeAndWhatKafkaCountsThere() {
		GroupSnapshot moved = new GroupSnapshot(Instant.EPOCH, "product", "Stable", "Consumer", "uniform", 4, 4,
				List.of(new Member("product1", "product1", "m1", "127.0.0.1", 4, List.of("t-0", "t-1", "t-2", "t-3"),
						null)),
				List.of(new Partition("t", 0, 1, 5000L, new LogOffsets(0L, 1000L), "product1", false),
						new Partition("t", 1, 1, 2L, new LogOffsets(5L, 14L), "product1", false),
						new Partition("t", 2, 1, null, new LogOffsets(490L, 500L), "product1", false),
						new Partition("t", 3, null, 7L, LogOffsets.UNKNOWN, "product1", false)));
		assertThat(printed(moved, Optional.empty(), Language.EN)).contains("""
				PARTITION  LEADER  COMMITTED  END   LAG  KAFKA-LAG  OWNER
				t-0        1       5000       1000  -    -4000      product1
				t-1        1       2          14    9    12         product1
				t-2        1       -          500   -    -          product1
				t-3        -       7          -     -    -          product1
				""")
			.containsSubsequence("No broker leads t-3", "out of range", "t-0 (5000 > 1000)", "deleted", ": 3.",
					"t-1 (2 < 5)", "never committed an offset in t-2", ": 10;");
		JsonNode json = Json.read(Json.line(status(moved, Optional.empty())));
		assertThat(json.path("verdict").path("key").asString()).isEqualTo("verdict.no-leader");
		assertThat(json.path("remarks").valueStream().map((remark) -> remark.path("key").asString()))
			.containsExactly("verdict.beyond", "verdict.deleted", "verdict.never-committed");
		assertThat(json.path("partitions").get(0).has("lag")).isFalse();
		assertThat(json.path("partitions").get(0).path("kafkaLag").asLong()).isEqualTo(-4000);
	}

	@Test
	void tellsAllReadersOfAPartitionThatIsShared() {
		assertThat(printed(this.shared, Language.EN)).isEqualTo("""
				group product: Stable, protocol Share, epoch 3

				PARTITION        LEADER  START  END  LAG  READERS
				topic_example-0  1       7      9    1    product1, product2
				START is the share group's start offset: every record before it is done; later ones may be in flight.

				MEMBER    HOST       EPOCH  PARTITIONS
				product1  127.0.0.1  3      topic_example-0
				product2  127.0.0.1  3      topic_example-0

				Partitions are shared: no owners, no order across members (members: 2, partitions: 1).
				""");
		assertThat(printed(this.shared, Language.KO)).contains("담당 멤버가 없고");
	}

	@Test
	void tellsProgramsAllReadersAndNoOwner() {
		JsonNode partition = Json.read(Json.line(status(this.shared, Optional.empty()))).path("partitions").get(0);
		assertThat(partition.path("readers").valueStream().map(JsonNode::asString)).containsExactly("product1",
				"product2");
		assertThat(partition.has("owner")).isFalse();
		assertThat(partition.path("lag").asLong()).isEqualTo(1);
		assertThat(Json.read(Json.line(this.snapshot)).path("partitions").get(0).has("readers"))
			.as("where there is an owner")
			.isFalse();
	}

	@Test
	void tellsTheInstanceIdOfStaticMembers() {
		GroupSnapshot fixed = new GroupSnapshot(Instant.EPOCH, "product", "Stable", "Classic", "cooperative-sticky",
				null, null,
				List.of(new Member("product1", "product1", "m1", "rack-1", "127.0.0.1", null,
						List.of("topic_example-0"), null),
						new Member("product2", "product2", "m2", "127.0.0.1", null, List.of(), null)),
				List.of(new Partition("topic_example", 0, 1, 9L, 9, "product1")));
		assertThat(printed(fixed, Language.EN)).contains("""
				MEMBER    GROUP-INSTANCE-ID  HOST       EPOCH  PARTITIONS
				product1  rack-1             127.0.0.1  -      topic_example-0
				product2  -                  127.0.0.1  -      none: IDLE (members: 2, partitions: 1)
				""");
		assertThat(Json.line(fixed)).containsOnlyOnce("\"groupInstanceId\":\"rack-1\"")
			.containsOnlyOnce("groupInstanceId");
	}

	@Test
	void isOneJsonObjectForPrograms() {
		String line = Json.line(status(this.snapshot, Optional.empty()));
		assertThat(line).hasLineCount(1);
		assertThat(Json.read(line).path("members").get(2).path("idle").asBoolean()).isTrue();
		assertThat(Json.read(line).path("partitions").get(0).path("lag").asLong()).isEqualTo(2);
		assertThat(Json.read(line).path("at").asString()).isEqualTo("2026-11-01T09:00:00Z");
		assertThat(Json.read(line).path("verdict").path("key").asString()).isEqualTo("verdict.rebalancing");
	}

	private static String printed(GroupSnapshot snapshot, Language language) {
		return printed(snapshot, Optional.of("topic_example"), language);
	}

	private static String printed(GroupSnapshot snapshot, Optional<String> topic, Language language) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), false, false);
		StatusCommand.print(status(snapshot, topic), topic, terminal, Messages.in(language));
		return out.toString(StandardCharsets.UTF_8);
	}

	private static Status status(GroupSnapshot snapshot, Optional<String> topic) {
		return Status.of(snapshot, topic, Optional.empty(), Map.of(), UnreadRetention.UNKNOWN);
	}

}
