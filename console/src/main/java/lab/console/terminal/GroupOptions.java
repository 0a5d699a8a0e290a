package lab.console.terminal;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of a command that is about a group and what it reads.
 */
public class GroupOptions extends TopicOptions {

	@Option(names = "--group", paramLabel = "GROUP", descriptionKey = "option.group")
	private @Nullable String group;

	/**
	 * The group that was named, else that of the products.
	 */
	public String group() {
		return (this.group != null) ? this.group : prefix() + GROUP;
	}

	public boolean groupIsNamed() {
		return this.group != null;
	}

	/**
	 * The topic that is looked at whatever the group reads: the one that was named; else
	 * that of the orders, unless another group than the products' was named.
	 */
	public Optional<String> expectedTopic() {
		return (topicIsNamed() || !groupIsNamed()) ? Optional.of(topic()) : Optional.empty();
	}

}
