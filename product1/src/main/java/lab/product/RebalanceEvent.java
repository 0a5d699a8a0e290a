package lab.product;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What a rebalance changed for one instance. In JSON its {@code type} is the record's
 * name, partitions are Kafka's {@code topic-partition}, and {@code epoch} is the member
 * epoch of KIP-848 and of share groups or the generation of the classic protocol, -1
 * where there is none.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface RebalanceEvent {

	String instance();

	List<String> partitions();

	/**
	 * All that the instance owns after the change; all that it reads, in a share group.
	 */
	List<String> owned();

	int epoch();

	Instant at();

	/**
	 * The instance was given partitions; none, when it joined and there was nothing for
	 * it.
	 */
	record PartitionsAssigned(String instance, List<String> partitions, List<String> owned, int epoch,
			Instant at) implements RebalanceEvent {
	}

	/**
	 * The instance gave up partitions, with its offsets committed.
	 */
	record PartitionsRevoked(String instance, List<String> partitions, List<String> owned, int epoch,
			Instant at) implements RebalanceEvent {
	}

	/**
	 * The group took partitions away from the instance, which could not commit any more.
	 */
	record PartitionsLost(String instance, List<String> partitions, List<String> owned, int epoch,
			Instant at) implements RebalanceEvent {
	}

}
