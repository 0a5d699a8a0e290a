package lab.console.group;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.console.terminal.GroupOptions;
import lab.console.terminal.LabOptions;
import org.jspecify.annotations.Nullable;

/**
 * What is watched.
 *
 * @param bootstrapServer where the cluster is first asked
 * @param topic that the group is expected to read, where one is
 * @param local whether it is this machine's lab, which alone can be acted on
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
	 * What the options name, to be looked at only; the lab where they name nothing.
	 */
	public static WatchedGroup of(GroupOptions options) {
		return (options.clusterIsNamed() || options.groupIsNamed() || options.topicIsNamed()) ? new WatchedGroup(
				options.bootstrapServer(), options.group(), options.expectedTopic().orElse(null), false) : lab(options);
	}

	/**
	 * {@link #topic} for who need not have one.
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
