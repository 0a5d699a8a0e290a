package lab.order;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keyed records go to the partition of Kafka's hash, keyless ones to all in turn.
 */
class KeyOrTurnPartitionerTests {

	private static final Node BROKER = new Node(1, "localhost", 9092);

	private final KeyOrTurnPartitioner partitioner = new KeyOrTurnPartitioner();

	@Test
	void recordsWithoutKeyTakeTurns() {
		List<Integer> partitions = IntStream.range(0, 4).mapToObj((i) -> partitionOf(null, cluster(2, 2))).toList();
		assertThat(partitions).containsExactly(0, 1, 0, 1);
	}

	@Test
	void recordsWithoutKeyPassOverAPartitionWithoutLeader() {
		List<Integer> partitions = IntStream.range(0, 4).mapToObj((i) -> partitionOf(null, cluster(3, 2))).toList();
		assertThat(partitions).containsExactly(0, 1, 0, 1);
	}

	@ParameterizedTest
	@CsvSource({ "21, 1173551340", "foobar, 1357151166" })
	void aKeyGoesToItsMurmur2Hash(String key, int hash) {
		assertThat(partitionOf(key, cluster(7, 7))).isEqualTo(hash % 7);
	}

	@Test
	void aKeyStaysWithItsPartitionWhenThatHasNoLeader() {
		assertThat(partitionOf("foobar", cluster(7, 1))).isEqualTo(partitionOf("foobar", cluster(7, 7)));
	}

	@Test
	void keysDoNotDisturbTheTurn() {
		Cluster cluster = cluster(2, 2);
		assertThat(partitionOf(null, cluster)).isZero();
		partitionOf("foobar", cluster);
		assertThat(partitionOf(null, cluster)).isOne();
	}

	private int partitionOf(@Nullable String key, Cluster cluster) {
		byte[] bytes = (key != null) ? key.getBytes(StandardCharsets.UTF_8) : null;
		return this.partitioner.partition("topic_example", key, bytes, null, null, cluster);
	}

	private static Cluster cluster(int partitions, int withLeader) {
		List<PartitionInfo> infos = IntStream.range(0, partitions)
			.mapToObj((i) -> new PartitionInfo("topic_example", i, (i < withLeader) ? BROKER : null,
					new Node[] { BROKER }, new Node[] { BROKER }))
			.toList();
		return new Cluster("cluster", List.of(BROKER), infos, Set.of(), Set.of());
	}

}
