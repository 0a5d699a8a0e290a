package lab.product.share;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import lab.product.Consumption;
import lab.product.DeadLetters;
import lab.product.Text;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.springframework.context.annotation.Profile;
import org.springframework.kafka.listener.ShareConsumerRecordRecoverer;
import org.springframework.stereotype.Component;

/**
 * What becomes of a record of the share group that could not be handled: with Kafka to
 * blame it is tried until it can be; else it is put aside, and rejected.
 */
@Slf4j
@Component
@Profile("share")
@RequiredArgsConstructor
class ShareRecovery implements ShareConsumerRecordRecoverer {

	/** Much less than the record is locked for. */
	private static final Duration BEFORE_NEXT_ATTEMPT = Duration.ofSeconds(1);

	private final DeadLetters deadLetters;

	@Override
	public AcknowledgeType recover(ConsumerRecord<?, ?> record, Exception ex) {
		if (Consumption.isKafkas(ex)) {
			log.warn("Partition {}, offset {} is not handled yet ({}); trying again.", record.partition(),
					record.offset(), Text.rootOf(ex));
			LockSupport.parkNanos(BEFORE_NEXT_ATTEMPT.toNanos());
			return AcknowledgeType.RELEASE;
		}
		try {
			this.deadLetters.accept(record, null, ex);
			return AcknowledgeType.REJECT;
		}
		catch (RuntimeException failed) {
			// which has been said, and waited for
			return AcknowledgeType.RELEASE;
		}
	}

}
