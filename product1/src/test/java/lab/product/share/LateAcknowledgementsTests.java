package lab.product.share;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import lab.product.ProductProperties;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidRecordStateException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class LateAcknowledgementsTests {

	private static final Map<TopicIdPartition, Set<Long>> OFFSETS = Map
		.of(new TopicIdPartition(Uuid.randomUuid(), 2, "orders"), Set.of(7L));

	private final LateAcknowledgements acknowledgements = new LateAcknowledgements(
			new ProductProperties("product1", "group", "orders", "handled", "rebalances", "dlt", Duration.ZERO));

	@Test
	void saysThatAnAcknowledgementWasTooLate(CapturedOutput output) {
		this.acknowledgements.onComplete(OFFSETS, new InvalidRecordStateException("expired"));
		assertThat(output)
			.contains("product1 could not acknowledge partition 2, offsets [7] (later than their lock permits,"
					+ " share.record.lock.duration.ms): another member may handle them again.");
	}

	@Test
	void saysWhyElseAnAcknowledgementFailed(CapturedOutput output) {
		this.acknowledgements.onComplete(OFFSETS, new TimeoutException("no answer"));
		assertThat(output).contains("could not acknowledge partition 2, offsets [7] (").contains("no answer");
	}

	@Test
	void saysNothingOfOthers(CapturedOutput output) {
		this.acknowledgements.onComplete(OFFSETS, null);
		assertThat(output).isEmpty();
	}

}
