package lab.console.group;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GroupMetricsTests {

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

	private static List<String> shown(GroupSnapshot group) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		PrometheusTextFormatWriter.create().write(out, GroupMetrics.of(group));
		return out.toString(StandardCharsets.UTF_8).lines().toList();
	}

}
