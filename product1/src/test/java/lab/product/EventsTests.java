package lab.product;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import lab.product.RebalanceEvent.Type;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.core.KafkaTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * The broker does not take an event at once.
 */
@ExtendWith(OutputCaptureExtension.class)
class EventsTests {

	private final KafkaTemplate<byte[], byte[]> kafka = mock();

	private final Events events = new Events(Names.of("product1", "topic_example"), this.kafka, new JsonMapper());

	@Test
	void triesUntilARebalanceIsPublishedAndSaysSoOnce(CapturedOutput output) {
		given(this.kafka.send(eq("product_rebalances"), any(), any()))
			.willReturn(CompletableFuture.failedFuture(new TimeoutException("no leader")),
					CompletableFuture.failedFuture(new TimeoutException("no leader")))
			.willReturn(CompletableFuture.completedFuture(null));

		this.events.publish(
				new RebalanceEvent(Type.ASSIGNED, "product1", List.of("topic_example-0"), List.of(), 1, Instant.now()));
		Awaitility.await("the third attempt")
			.atMost(Duration.ofMinutes(3))
			.untilAsserted(() -> then(this.kafka).should(times(3)).send(eq("product_rebalances"), any(), any()));
		this.events.stop();

		assertThat(output).containsOnlyOnce("product1 cannot publish to product_rebalances yet (");
	}

	@Test
	void saysWhichRebalancesItCouldNotPublishBeforeItStopped(CapturedOutput output) {
		given(this.kafka.send(eq("product_rebalances"), any(), any())).willReturn(new CompletableFuture<>());
		for (String partition : List.of("topic_example-0", "topic_example-1")) {
			this.events
				.publish(new RebalanceEvent(Type.REVOKED, "product1", List.of(partition), List.of(), 1, Instant.now()));
		}
		Awaitility.await("the first is sent")
			.atMost(Duration.ofMinutes(3))
			.untilAsserted(() -> then(this.kafka).should().send(eq("product_rebalances"), any(), any()));
		this.events.stop();

		Awaitility.await("both are said")
			.atMost(Duration.ofMinutes(3))
			.untilAsserted(() -> assertThat(output).containsOnlyOnce("partitions=[topic_example-0]")
				.containsOnlyOnce("partitions=[topic_example-1]"));
		assertThat(output).contains("product1 stops before this could be published: ");
	}

}
