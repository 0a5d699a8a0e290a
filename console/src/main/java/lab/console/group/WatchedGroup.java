package lab.console.group;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.console.terminal.GroupOptions;
import lab.console.terminal.LabOptions;
import org.jspecify.annotations.Nullable;

/**
 * The group that is watched.
 *
 * @param bootstrapServer the cluster's bootstrap servers
 * @param topic that the group is expected to read; null where none is
 * @param local whether it is the lab of this machine; other groups are watched read-only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WatchedGroup(String bootstrapServer, String group, @Nullable String topic, boolean local) {

	/**
	 * The lab's own group.
	 */
	public static WatchedGroup lab(LabOptions options) {
		return new WatchedGroup(options.bootstrapServer(), options.prefix() + LabOptions.GROUP,
				options.prefix() + LabOptions.TOPIC, true);
	}

	/**
	 * The group that the options name, read-only; the lab's own where they name nothing.
	 */
	public static WatchedGroup of(GroupOptions options) {
		return (options.clusterIsNamed() || options.groupIsNamed() || options.topicIsNamed()) ? new WatchedGroup(
				options.bootstrapServer(), options.group(), options.expectedTopic().orElse(null), false) : lab(options);
	}

	/**
	 * {@link #topic}, empty where it is null.
	 */
	public Optional<String> expectedTopic() {
		return Optional.ofNullable(this.topic);
	}

	/**
	 * Where members of the group publish what they have handled, if they do.
	 */
	public String handledTopic() {
		return this.group + "_handled";
	}

	/**
	 * Where members of the group publish their assignments, if they do.
	 */
	public String rebalancesTopic() {
		return this.group + "_rebalances";
	}

}
