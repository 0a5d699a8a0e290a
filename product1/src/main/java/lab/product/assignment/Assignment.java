package lab.product.assignment;

import java.util.List;
import java.util.stream.Stream;

import lab.product.RebalanceEvent;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that this instance reads: its own in a consumer group, everybody's in a
 * share group.
 */
public interface Assignment {

	Snapshot now();

	/**
	 * As Kafka writes it: consumer (KIP-848), classic or share.
	 */
	String protocol();

	/**
	 * What is to be known of these partitions; null where having them is owning them.
	 */
	@Nullable String note();

	/**
	 * @param owned the partitions now
	 * @param epoch the member epoch or generation, -1 before the first
	 * @param recent the last changes, newest first
	 */
	record Snapshot(List<TopicPartition> owned, int epoch, List<RebalanceEvent> recent) {

		private static final int RECENT = 20;

		public static final Snapshot NONE = new Snapshot(List.of(), -1, List.of());

		public Snapshot at(int epoch) {
			return new Snapshot(this.owned, epoch, this.recent);
		}

		public Snapshot after(RebalanceEvent event, List<TopicPartition> owned) {
			return new Snapshot(owned, event.epoch(),
					Stream.concat(Stream.of(event), this.recent.stream()).limit(RECENT).toList());
		}

	}

}
