package lab.console.compare.plan;

import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A column of the comparison: a protocol, as Kafka ships it or with some settings
 * changed, which are then said.
 *
 * @param name such as {@code classic} or {@code classic-tuned}
 * @param profile the product's, which is the protocol
 * @param client what differs in the consumer from Kafka's own defaults
 * @param group the group's settings on the broker, which under KIP-848 and for share
 * groups stand for the client's
 */
public record Setting(String name, String profile, Map<String, String> client, Map<String, String> group) {

	private static final String METADATA_AGE = "metadata.max.age.ms";

	/**
	 * Whether nothing but the protocol differs from what Kafka ships.
	 */
	@JsonProperty
	public boolean asShipped() {
		return this.name.equals(this.profile);
	}

	@JsonIgnore
	public boolean shared() {
		return this.profile.equals("share");
	}

	/**
	 * Whether the coordinator, and not a member, works out the assignment, and so knows
	 * of new partitions at once.
	 */
	@JsonIgnore
	public boolean coordinated() {
		return this.profile.equals("consumer") || shared();
	}

	/**
	 * Whether a member that stops is still one until its session is over.
	 */
	@JsonIgnore
	boolean isStatic() {
		return this.profile.equals("static") || this.client.containsKey("group.instance.id");
	}

	@JsonIgnore
	public Duration heartbeat() {
		return coordinated() ? millis(this.group, this.profile + ".heartbeat.interval.ms", 5000)
				: millis(this.client, "heartbeat.interval.ms", 3000);
	}

	@JsonIgnore
	public Duration session() {
		return coordinated() ? millis(this.group, this.profile + ".session.timeout.ms", 45000)
				: millis(this.client, "session.timeout.ms", 45000);
	}

	/**
	 * How long new partitions can go unnoticed.
	 */
	@JsonIgnore
	public Duration discovery() {
		return coordinated() ? heartbeat().multipliedBy(2)
				: millis(this.client, METADATA_AGE, 300_000).plus(heartbeat());
	}

	private static Duration millis(Map<String, String> settings, String name, long shipped) {
		String value = settings.get(name);
		return Duration.ofMillis((value != null) ? Long.parseLong(value) : shipped);
	}

}
