package lab.console.terminal;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of a command that works on a group and the topics that it reads.
 */
public class GroupOptions extends TopicOptions {

	@Option(names = "--group", paramLabel = "GROUP", descriptionKey = "option.group")
	private @Nullable String group;

	/**
	 * The group that was named, or that of the products.
	 */
	public String group() {
		return (this.group != null) ? this.group : prefix() + GROUP;
	}

	public boolean groupIsNamed() {
		return this.group != null;
	}

	/**
	 * The topic to show even if the group does not read it: the one that was named, or
	 * that of the orders unless another group than the products' was named.
	 */
	public Optional<String> expectedTopic() {
		return (topicIsNamed() || !groupIsNamed()) ? Optional.of(topic()) : Optional.empty();
	}

}
