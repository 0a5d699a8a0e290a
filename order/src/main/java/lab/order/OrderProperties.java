package lab.order;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where orders are published, and how much may wait.
 *
 * @param topic the topic of the orders; created when it is missing
 * @param partitioner how the partition of an order without a key is chosen
 * @param maxInFlight how many orders may wait for their acknowledgement at a time
 */
@Validated
@ConfigurationProperties("lab.order")
record OrderProperties(@DefaultValue("topic_example") @NotBlank String topic,
		@DefaultValue("round-robin") Partitioner partitioner, @DefaultValue("1000") @Positive int maxInFlight) {

	/**
	 * How the partition of an order without a key is chosen.
	 */
	enum Partitioner {

		/**
		 * One partition after the other, so that each member of the group gets orders.
		 */
		ROUND_ROBIN,

		/** Kafka's default: one partition until 16 KiB have been sent to it. */
		STICKY

	}

}
