package lab.console.group;

import java.util.concurrent.Callable;

import lab.console.terminal.Json;
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
		try (Cluster cluster = Cluster.connect(this.options)) {
			Scaled scaled = cluster.topics().grow(this.options.topic(), this.partitions);
			System.out.println(this.options.json() ? Json.line(scaled)
					: this.options.messages().get("scale.done", scaled.topic(), scaled.before(), scaled.partitions()));
		}
		return 0;
	}

}
