package lab.console.terminal;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of a command that works on a topic.
 */
public class TopicOptions extends LabOptions {

	@Option(names = "--topic", paramLabel = "TOPIC", descriptionKey = "option.topic")
	private @Nullable String topic;

	/**
	 * The topic that was named, or that of the orders.
	 */
	public String topic() {
		return (this.topic != null) ? this.topic : prefix() + TOPIC;
	}

	public boolean topicIsNamed() {
		return this.topic != null;
	}

}
