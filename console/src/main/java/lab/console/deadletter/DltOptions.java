package lab.console.deadletter;

import lab.console.terminal.LabOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of a command that works on a dead letter topic.
 */
final class DltOptions extends LabOptions {

	@Option(names = "--topic", paramLabel = "TOPIC", descriptionKey = "dlt.topic")
	private @Nullable String topic;

	/**
	 * The dead letter topic that was named, or that of the orders.
	 */
	String topic() {
		return (this.topic != null) ? this.topic : DeadLetter.topic(prefix() + TOPIC);
	}

}
