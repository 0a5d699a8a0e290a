package lab.console.group;

import java.util.concurrent.Callable;

import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.TopicOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code lab scale N}: what {@code kafka-topics --alter --partitions N} does.
 */
@Command(name = "scale")
public class ScaleCommand implements Callable<Integer> {

	@Mixin
	private final TopicOptions options = new TopicOptions();

	@Parameters(paramLabel = "N", descriptionKey = "scale.partitions")
	private int partitions;

	@Override
	public Integer call() {
		Messages messages = this.options.messages();
		try (Cluster cluster = Cluster.connect(this.options)) {
			Scaled scaled = Scaled.grow(cluster, this.options.topic(), this.partitions, messages);
			System.out.println(this.options.json() ? Json.line(scaled)
					: messages.get("scale.done", scaled.topic(), scaled.before(), scaled.partitions()));
		}
		return 0;
	}

}
