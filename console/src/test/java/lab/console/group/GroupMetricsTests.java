package lab.console.group;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GroupMetricsTests {

	private final Arrivals arrivals = new Arrivals(Duration.ofMinutes(1));

	@Test
	void tellsLagAndMembersUnderTheNamesOfKafkaExporter() throws IOException {
		GroupSnapshot group = new GroupSnapshot(Instant.EPOCH, "product", "Stable", "Consumer", "uniform", 4, 4,
				List.of(new Member("product1", "product1", "m1", "127.0.0.1", 4, List.of("topic_example-0"), null),
						new Member("product2", "product2", "m2", "127.0.0.1", 4, List.of(), null)),
				List.of(new Partition("topic_example", 0, 1, 7L, 9, "product1")));
		assertThat(shown(group)).contains("kafka_consumergroup_members{consumergroup=\"product\"} 2.0",
				"kafka_consumergroup_lag{consumergroup=\"product\",partition=\"0\",topic=\"topic_example\"} 2.0",
				"kafka_consumergroup_current_offset{consumergroup=\"product\",partition=\"0\",topic=\"topic_example\"} 7.0",
				"kafka_topic_partition_current_offset{partition=\"0\",topic=\"topic_example\"} 9.0");
	}

	@Test
	void saysNoLagWhereNothingWasEverCommitted() throws IOException {
		GroupSnapshot group = new GroupSnapshot(Instant.EPOCH, "product", "Dead", null, null, null, null, List.of(),
				List.of(new Partition("topic_example", 0, 1, null, 9, null)));
		assertThat(shown(group)).contains("kafka_consumergroup_members{consumergroup=\"product\"} 0.0")
			.noneMatch((line) -> line.startsWith("kafka_consumergroup_lag{"));
	}

	@Test
	void saysNoLagWhereTheCommittedOffsetIsBeyondTheEndAndNoEndWhereThatIsNotKnown() throws IOException {
		GroupSnapshot group = new GroupSnapshot(Instant.EPOCH, "product", "Empty", "Classic", null, null, null,
				List.of(),
				List.of(new Partition("t", 0, 1, 250L, 100, null),
						new Partition("t", 1, null, 7L, LogOffsets.UNKNOWN, null, false),
						new Partition("t", 2, 1, 7L, new LogOffsets(10L, 100L), null, false),
						new Partition("t", 3, 1, 10L, new LogOffsets(10L, 100L), null, false)));
		assertThat(shown(group)).contains(
				"kafka_consumergroup_current_offset{consumergroup=\"product\",partition=\"0\",topic=\"t\"} 250.0",
				"kafka_topic_partition_current_offset{partition=\"0\",topic=\"t\"} 100.0",
				"kafka_consumergroup_offset_out_of_range{consumergroup=\"product\",partition=\"0\",topic=\"t\"} 1.0",
				"kafka_consumergroup_offset_out_of_range{consumergroup=\"product\",partition=\"2\",topic=\"t\"} 1.0",
				"kafka_consumergroup_offset_out_of_range{consumergroup=\"product\",partition=\"3\",topic=\"t\"} 0.0")
			.noneMatch((line) -> line.startsWith("kafka_consumergroup_offset_out_of_range")
					&& line.contains("partition=\"1\""))
			.noneMatch((line) -> line.matches("kafka_consumergroup_lag\\{.*partition=\"[01]\".*"))
			.noneMatch((line) -> line.startsWith("kafka_topic_partition_current_offset{partition=\"1\""));
	}

	@Test
	void tellsTheStateAndTheGroupEpochThatCountsRebalances() throws IOException {
		assertThat(shown(group("Consumer", 7, 0))).contains(
				"kafka_consumergroup_state{consumergroup=\"product\",state=\"Stable\"} 1.0",
				"kafka_consumergroup_state{consumergroup=\"product\",state=\"PreparingRebalance\"} 0.0",
				"kafka_consumergroup_rebalances_total{consumergroup=\"product\"} 7.0");
		assertThat(shown(group("Classic", null, 0))).as("the cluster does not tell the generation")
			.noneMatch((line) -> line.startsWith("kafka_consumergroup_rebalances_total{"));
	}

	@Test
	void tellsHowOldTheOldestUnreadRecordIs() throws IOException {
		this.arrivals.look(group("Consumer", 7, 0));
		this.arrivals.look(group("Consumer", 7, 10));
		assertThat(shown(group("Consumer", 7, 25)))
			.contains("kafka_consumergroup_lag_seconds{consumergroup=\"product\",partition=\"0\",topic=\"t\"} 15.0",
					"kafka_consumergroup_lag_seconds{consumergroup=\"product\",partition=\"1\",topic=\"t\"} 0.0")
			.noneMatch((line) -> line.matches("kafka_consumergroup_lag_seconds\\{.*partition=\"2\".*"));
	}

	@Test
	void explainsTheLagInTimeByItsUnitItsBeginningItsEndAndItsZero() throws IOException {
		assertThat(shown(group("Consumer", 7, 0)))
			.filteredOn((line) -> line.startsWith("# HELP kafka_consumergroup_lag_seconds "))
			.singleElement(InstanceOfAssertFactories.STRING)
			.contains(" Seconds from the scrape that first saw the oldest unread record ", " to this scrape",
					"; 0 if no record is unread");
	}

	/**
	 * One record a second is written to the first partition and none of them is read; the
	 * second is read; in the third nothing was committed.
	 */
	private static GroupSnapshot group(String protocol, @Nullable Integer epoch, long second) {
		return new GroupSnapshot(Instant.EPOCH.plusSeconds(second), "product", "Stable", protocol, null, epoch, epoch,
				List.of(), List.of(new Partition("t", 0, 1, 0L, second, "product1"),
						new Partition("t", 1, 1, 9L, 9, "product1"), new Partition("t", 2, 1, null, 9, "product1")));
	}

	private List<String> shown(GroupSnapshot group) throws IOException {
		this.arrivals.look(group);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		PrometheusTextFormatWriter.create().write(out, GroupMetrics.of(group, this.arrivals));
		return out.toString(StandardCharsets.UTF_8).lines().toList();
	}

}
