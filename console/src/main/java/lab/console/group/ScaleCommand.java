package lab.console.group;

import java.util.concurrent.Callable;

import lab.console.terminal.Json;
import lab.console.terminal.LabException;
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

	private record Scaled(String topic, int before, int partitions) {
	}

	@Mixin
	private final TopicOptions options = new TopicOptions();

	@Parameters(paramLabel = "N", descriptionKey = "scale.partitions")
	private int partitions;

	@Override
	public Integer call() {
		Messages messages = this.options.messages();
		String topic = this.options.topic();
		try (Cluster cluster = Cluster.connect(this.options)) {
			int now = cluster.partitionCount(topic)
				.orElseThrow(() -> new LabException(messages.get("status.no-topic", topic)));
			if (this.partitions < now) {
				throw new LabException(messages.get("scale.shrink", topic, now, this.partitions));
			}
			if (this.partitions == now) {
				throw new LabException(messages.get("scale.same", topic, now));
			}
			cluster.createPartitions(topic, this.partitions);
			System.out.println(this.options.json() ? Json.line(new Scaled(topic, now, this.partitions))
					: messages.get("scale.done", topic, now, this.partitions));
		}
		return 0;
	}

}
