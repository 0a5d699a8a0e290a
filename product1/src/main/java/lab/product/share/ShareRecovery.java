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
 * Handles records of the share group that failed. If Kafka is the cause, the record is
 * tried again; otherwise it goes to the dead letter topic and is rejected.
 */
@Slf4j
@Component
@Profile("share")
@RequiredArgsConstructor
class ShareRecovery implements ShareConsumerRecordRecoverer {

	/** Well below the 30 s for which a record is locked. */
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
			// DeadLetters has logged it and waited
			return AcknowledgeType.RELEASE;
		}
	}

}
