package lab.order;

import jakarta.validation.constraints.NotBlank;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where orders go.
 *
 * @param topic the topic that this service owns: it creates it when it is missing
 * @param partitioner how an order without a key finds its partition
 */
@Validated
@ConfigurationProperties("lab.order")
record OrderProperties(@DefaultValue("topic_example") @NotBlank String topic,
		@DefaultValue("round-robin") Partitioner partitioner) {

	/**
	 * How an order without a key finds its partition.
	 */
	enum Partitioner {

		/**
		 * In turn over the partitions, so that every member of the group gets its share.
		 */
		ROUND_ROBIN,

		/** Kafka's own default: it stays with one partition until it has sent 16 KiB. */
		STICKY

	}

}
