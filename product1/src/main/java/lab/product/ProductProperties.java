package lab.product;

import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.NotBlank;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The names of this instance, its group and its topics.
 *
 * @param instance the name of this member of the group, also its client.id
 * @param group the group
 * @param topic the topic with the orders, which this service does not create
 * @param handledTopic the topic for {@link OrderHandled}
 * @param rebalancesTopic the topic for {@link RebalanceEvent}
 * @param deadLetterTopic the topic for records that cannot be handled
 * @param handlingTime how much longer each order takes, up to
 * {@value #MAX_HANDLING_SECONDS} s; {@link HandlingTime} can change it later
 */
@Validated
@ConfigurationProperties("lab.product")
public record ProductProperties(@NotBlank String instance, @NotBlank String group, @NotBlank String topic,
		@NotBlank String handledTopic, @NotBlank String rebalancesTopic, @NotBlank String deadLetterTopic,
		@DefaultValue("0s") @DurationMin @DurationMax(
				seconds = ProductProperties.MAX_HANDLING_SECONDS) Duration handlingTime) {

	/**
	 * As long that the records of one poll (max.poll.records, 50) are handled well within
	 * max.poll.interval.ms (5 min), after which the group takes the partitions away. In a
	 * share group one record is handled within its lock (30 s) even if its event waits
	 * for the broker as long as it may, 15 s; the locks of more are renewed.
	 */
	static final int MAX_HANDLING_SECONDS = 5;

	public List<String> ownTopics() {
		return List.of(this.handledTopic, this.rebalancesTopic, this.deadLetterTopic);
	}

}
