package lab.console.events;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A member's assignment changed, as the member itself publishes it.
 *
 * @param instance the member's client.id
 * @param partitions that were assigned, revoked or lost; may be empty
 * @param owned all partitions that the member owns after the change
 * @param epoch the member epoch (KIP-848, share groups) or the generation (classic);
 * negative where there is none
 */
public record AssignmentChanged(Type type, String instance, List<TopicPartition> partitions, List<TopicPartition> owned,
		int epoch, Instant at) {

	/**
	 * How the assignment changed.
	 */
	public enum Type {

		ASSIGNED("PartitionsAssigned"), REVOKED("PartitionsRevoked"), LOST("PartitionsLost");

		private final String jsonName;

		Type(String jsonName) {
			this.jsonName = jsonName;
		}

		/**
		 * The {@code type} of the event in JSON.
		 */
		public String jsonName() {
			return this.jsonName;
		}

		private static Type of(String jsonName) {
			return Arrays.stream(values())
				.filter((type) -> type.jsonName.equals(jsonName))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("unknown type"));
		}

	}

	/**
	 * Parses a record's value; never throws.
	 * @return empty where the value is not a well-formed event
	 */
	public static Optional<AssignmentChanged> parse(byte @Nullable [] value) {
		return EventFields.parse(value,
				(fields) -> new AssignmentChanged(Type.of(fields.text("type")), fields.name("instance"),
						fields.partitions("partitions"), fields.partitions("owned"), fields.integer("epoch"),
						fields.instant("at")));
	}

}
