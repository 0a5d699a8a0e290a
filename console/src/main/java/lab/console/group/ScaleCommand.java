package lab.console.group;

import java.util.concurrent.Callable;

import lab.console.terminal.Json;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code lab scale N}: what {@code kafka-topics --alter --partitions N} does.
 */
@Command(name = "scale")
public class ScaleCommand implements Callable<Integer> {

	private record Scaled(String topic, int before, int partitions) {
	}

	@Mixin
	private final LabOptions options = new LabOptions();

	@Parameters(paramLabel = "N", descriptionKey = "scale.partitions")
	private int partitions;

	@Option(names = "--topic", paramLabel = "TOPIC", defaultValue = "topic_example", descriptionKey = "option.topic")
	private String topic = "";

	@Override
	public Integer call() {
		Messages messages = this.options.messages();
		try (Cluster cluster = Cluster.connect(this.options)) {
			int now = cluster.partitionCount(this.topic)
				.orElseThrow(() -> new LabException(messages.get("status.no-topic", this.topic)));
			if (this.partitions < now) {
				throw new LabException(messages.get("scale.shrink", this.topic, now, this.partitions));
			}
			if (this.partitions == now) {
				throw new LabException(messages.get("scale.same", this.topic, now));
			}
			cluster.createPartitions(this.topic, this.partitions);
			System.out.println(this.options.json() ? Json.line(new Scaled(this.topic, now, this.partitions))
					: messages.get("scale.done", this.topic, now, this.partitions));
		}
		return 0;
	}

}
