package lab.console.group;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import lab.console.group.GroupSnapshot.Partition;
import org.apache.kafka.common.GroupState;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a group as Prometheus metrics, named as kafka_exporter names those that
 * it has, so that its dashboards fit.
 */
final class GroupMetrics {

	private GroupMetrics() {
	}

	/**
	 * @param arrivals when records arrived, this snapshot included
	 */
	static MetricSnapshots of(GroupSnapshot group, Arrivals arrivals) {
		Labels name = Labels.of("consumergroup", group.group());
		return MetricSnapshots.of(state(group, name), rebalances(group, name),
				GaugeSnapshot.builder()
					.name("kafka_consumergroup_members")
					.help("Members of the group, including idle ones")
					.dataPoint(point(name, group.members().size()))
					.build(),
				byPartition("kafka_consumergroup_lag",
						"Records after the committed offset that have not been deleted, including those of aborted and open transactions unless the group is the lab's own, which reads committed",
						name, group.partitions(), Partition::lag),
				byPartition("kafka_consumergroup_lag_seconds",
						"Seconds from the scrape that first saw the oldest unread record (the first from the committed offset on) to this scrape, so up to one scrape interval too low, and a lower bound if that record was there at the first scrape or came more than an hour ago; 0 if no record is unread",
						name, group.partitions(), (partition) -> lagSeconds(partition, group.at(), arrivals)),
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
	 * One series for each state, so that the share of time in one of them is an average.
	 */
	private static GaugeSnapshot state(GroupSnapshot group, Labels name) {
		GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
			.name("kafka_consumergroup_state")
			.help("1 for the state that the group is in, else 0");
		for (GroupState state : GroupState.values()) {
			gauge.dataPoint(point(name.add("state", state.toString()), group.state().equals(state.toString()) ? 1 : 0));
		}
		return gauge.build();
	}

	/**
	 * Has no value where the coordinator tells no epoch, as under the classic protocol.
	 */
	private static CounterSnapshot rebalances(GroupSnapshot group, Labels name) {
		CounterSnapshot.Builder counter = CounterSnapshot.builder()
			.name("kafka_consumergroup_rebalances")
			.help("The group epoch: it rises with each change of members, subscriptions or partitions for which the assignment is computed again. The cluster does not tell it of a classic group");
		if (group.groupEpoch() != null) {
			counter.dataPoint(CounterDataPointSnapshot.builder().labels(name).value(group.groupEpoch()).build());
		}
		return counter.build();
	}

	/**
	 * 0 where nothing waits; null where the lag is not known.
	 */
	private static @Nullable Long lagSeconds(Partition partition, Instant now, Arrivals arrivals) {
		if (partition.lag() == null) {
			return null;
		}
		Unread unread = arrivals.unread(partition);
		return (unread != null) ? Duration.between(unread.since(), now).toSeconds() : 0;
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
