package lab.product;

import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.NotBlank;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The names that the service goes by and reads and writes under, and how slow it is.
 *
 * @param instance which of the group's members this is; also its client.id
 * @param group the group it is a member of
 * @param topic where the orders are; made by whoever owns it
 * @param handledTopic where {@link OrderHandled} goes
 * @param rebalancesTopic where {@link RebalanceEvent} goes
 * @param deadLetterTopic where a record goes that cannot be handled
 * @param handlingTime how long handling an order takes on top at the start, so that a
 * slow consumer and its lag can be rehearsed; {@link HandlingTime} has it from then on
 */
@Validated
@ConfigurationProperties("lab.product")
public record ProductProperties(@NotBlank String instance, @NotBlank String group, @NotBlank String topic,
		@NotBlank String handledTopic, @NotBlank String rebalancesTopic, @NotBlank String deadLetterTopic,
		@DefaultValue("0s") @DurationMin Duration handlingTime) {

	public List<String> ownTopics() {
		return List.of(this.handledTopic, this.rebalancesTopic, this.deadLetterTopic);
	}

}
