package lab.order;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where orders are published, in which partition, and how much may wait.
 *
 * @param topic the topic of the orders; created when it is missing
 * @param partitioner how the partition of an order without a key is chosen
 * @param growth which partitions orders with a key use when partitions are added
 * @param group the consumer group that handles the orders; only {@code growth=ordered}
 * needs it
 * @param maxInFlight how many orders may wait for their acknowledgement at a time; fewer
 * than {@code server.tomcat.max-connections}, so that further ones are answered
 * @param drain how long orders are still taken when this service is told to end
 * @param idempotency how long an order that can be repeated is remembered
 */
@Validated
@ConfigurationProperties("lab.order")
record OrderProperties(@DefaultValue("topic_example") @NotBlank String topic,
		@DefaultValue("round-robin") Partitioner partitioner, @DefaultValue("immediate") Growth growth,
		@DefaultValue("product") @NotBlank String group, @DefaultValue("500") @Positive int maxInFlight,
		@DefaultValue("500ms") @DurationMin Duration drain, @DefaultValue @Valid Idempotency idempotency) {

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

	/**
	 * Which partitions orders with a key use when partitions are added.
	 */
	enum Growth {

		/**
		 * All of them at once, as Kafka's producer does. A new order of a key can be
		 * handled before older ones.
		 */
		IMMEDIATE,

		/** The former ones, until the group has handled the orders in them. */
		ORDERED

	}

	/**
	 * The memory of the orders that came with an {@code Idempotency-Key}.
	 *
	 * @param maximumSize how many are remembered; then the oldest is forgotten first. An
	 * order takes up to 5 KB, if its text is as long as allowed.
	 * @param timeToLive how long each is remembered
	 */
	record Idempotency(@DefaultValue("10000") @Positive int maximumSize,
			@DefaultValue("10m") @DurationMin(nanos = 1) Duration timeToLive) {
	}

}
