package lab.product.assignment;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.product.ProductProperties;
import lab.product.RebalanceEvent;
import lombok.RequiredArgsConstructor;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/**
 * {@code GET /actuator/assignment}: the partitions of this instance and its last changes,
 * answered without asking Kafka.
 */
@Component
@Endpoint(id = "assignment")
@RequiredArgsConstructor
class AssignmentEndpoint {

	private final ProductProperties names;

	private final Assignment assignment;

	private final Optional<Idleness> idleness;

	@ReadOperation
	Description assignment() {
		Assignment.Snapshot now = this.assignment.now();
		String reason = this.idleness.flatMap(Idleness::reason).orElse(null);
		return new Description(this.names.instance(), this.names.group(), this.assignment.protocol(),
				this.names.topic(), now.owned().stream().map(TopicPartition::toString).toList(), now.epoch(),
				reason != null, reason, this.assignment.note(), now.recent());
	}

	/**
	 * @param epoch the member epoch (protocols consumer and share) or generation
	 * (classic), -1 before it is a member
	 * @param idle whether it owns no partition and will not get one soon
	 * @param reason why it is idle, null if it is not
	 * @param note what else to know about the partitions: how a share group shares them,
	 * or that the group has given some to another member; null if there is nothing
	 * @param recent the last rebalances, newest first
	 */
	record Description(String instance, String group, String protocol, String topic, List<String> partitions, int epoch,
			boolean idle, @Nullable String reason, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String note,
			List<RebalanceEvent> recent) {
	}

}
