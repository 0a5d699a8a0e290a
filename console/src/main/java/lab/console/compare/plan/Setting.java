package lab.console.compare.plan;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A protocol with Kafka's defaults or with some settings changed.
 *
 * @param name such as {@code classic} or {@code classic-tuned}
 * @param profile the Spring profile of the product service, named after the protocol
 * @param client settings of the consumer that differ from Kafka's defaults
 * @param group settings of the group on the broker; under KIP-848 and in share groups
 * they replace the client's heartbeat and session settings
 */
public record Setting(String name, String profile, Map<String, String> client, Map<String, String> group) {

	private static final String METADATA_AGE = "metadata.max.age.ms";

	public Setting {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(profile, "profile");
		Objects.requireNonNull(client, "client");
		Objects.requireNonNull(group, "group");
	}

	/**
	 * Whether everything but the protocol is as Kafka ships it.
	 */
	@JsonProperty
	public boolean asShipped() {
		return this.name.equals(this.profile);
	}

	/**
	 * Whether the group is a share group.
	 */
	@JsonIgnore
	public boolean shared() {
		return this.profile.equals("share");
	}

	/**
	 * Whether the coordinator computes the assignment, not a member. It notices new
	 * partitions at once.
	 */
	@JsonIgnore
	public boolean coordinated() {
		return this.profile.equals("consumer") || shared();
	}

	/**
	 * Whether members are static: one that stops stays in the group until its session
	 * times out.
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
	 * Longest time until the group notices new partitions.
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
