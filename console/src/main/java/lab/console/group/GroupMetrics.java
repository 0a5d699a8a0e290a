package lab.console.group;

import java.util.List;
import java.util.function.Function;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import lab.console.group.GroupSnapshot.Partition;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a group as Prometheus metrics, named as kafka_exporter names them, so
 * that its dashboards fit.
 */
final class GroupMetrics {

	private GroupMetrics() {
	}

	static MetricSnapshots of(GroupSnapshot group) {
		Labels name = Labels.of("consumergroup", group.group());
		return MetricSnapshots.of(
				GaugeSnapshot.builder()
					.name("kafka_consumergroup_members")
					.help("Members of the group, including idle ones")
					.dataPoint(point(name, group.members().size()))
					.build(),
				byPartition("kafka_consumergroup_lag",
						"Records after the committed offset that have not been deleted, including those of aborted and open transactions unless the group is the lab's own, which reads committed",
						name, group.partitions(), Partition::lag),
				byPartition("kafka_consumergroup_current_offset",
						"The committed offset of the group, or the start offset of a share group", name,
						group.partitions(), Partition::committed),
				byPartition("kafka_consumergroup_offset_out_of_range",
						"1 if the log has no record at the committed offset, no longer or not yet, so that auto.offset.reset applies; else 0",
						name, group.partitions(), GroupMetrics::outOfRange),
				byPartition("kafka_topic_partition_current_offset", "The offset that the next record will get",
						Labels.EMPTY, group.partitions(), Partition::end));
	}

	/**
	 * Null where it is not known, and in a share group, no member of which chooses where
	 * to begin.
	 */
	private static @Nullable Long outOfRange(Partition partition) {
		if (partition.readers() != null || partition.committed() == null || partition.end() == null) {
			return null;
		}
		return (partition.beyondEnd() || partition.deletedUnread() > 0) ? 1L : 0L;
	}

	/**
	 * Leaves out partitions whose value is not known.
	 */
	private static GaugeSnapshot byPartition(String metric, String help, Labels labels, List<Partition> partitions,
			Function<Partition, @Nullable Long> value) {
		GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(metric).help(help);
		for (Partition partition : partitions) {
			Long known = value.apply(partition);
			if (known != null) {
				gauge.dataPoint(point(labels
					.merge(Labels.of("topic", partition.topic(), "partition", Integer.toString(partition.partition()))),
						known));
			}
		}
		return gauge.build();
	}

	private static GaugeDataPointSnapshot point(Labels labels, long value) {
		return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
	}

}
