package lab.product.share;

import java.util.Map;
import java.util.Set;

import lab.product.ProductProperties;
import lab.product.Text;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.AcknowledgementCommitCallback;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.InvalidRecordStateException;
import org.jspecify.annotations.Nullable;

/**
 * Logs that records could not be acknowledged or renewed, which the container does not
 * say.
 */
@Slf4j
@RequiredArgsConstructor
class LateAcknowledgements implements AcknowledgementCommitCallback {

	private final ProductProperties names;

	@Override
	public void onComplete(Map<TopicIdPartition, Set<Long>> offsets, @Nullable Exception ex) {
		if (ex != null) {
			offsets.forEach((partition, late) -> log.warn(
					"{} could not acknowledge partition {}, offsets {} ({}): another member may handle them again.",
					this.names.instance(), partition.partition(), late, (ex instanceof InvalidRecordStateException)
							? "later than their lock permits, share.record.lock.duration.ms" : Text.rootOf(ex)));
		}
	}

}
