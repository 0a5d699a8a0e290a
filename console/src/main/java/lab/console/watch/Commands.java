package lab.console.watch;

import java.nio.file.Path;
import java.util.Optional;

import lab.console.group.WatchedGroup;
import lab.console.terminal.LabOptions;

/**
 * Kafka's own commands that show what the board shows.
 *
 * @param cluster the options that name it
 */
record Commands(String cluster, WatchedGroup source) {

	static Commands of(LabOptions options, WatchedGroup source) {
		Optional<Path> config = options.commandConfig();
		return new Commands("--bootstrap-server " + source.bootstrapServer()
				+ config.map((file) -> " --command-config " + file).orElse(""), source);
	}

	/**
	 * @param shared whether it is a share group, which has a command of its own
	 */
	String members(boolean shared) {
		return "kafka-%s-groups %s --describe --group %s --members --verbose".formatted(shared ? "share" : "consumer",
				this.cluster, this.source.group());
	}

	/**
	 * The committed offsets and the lag of each partition.
	 */
	String offsets() {
		return "kafka-consumer-groups %s --describe --group %s".formatted(this.cluster, this.source.group());
	}

	String partitions(String topic) {
		return "kafka-topics %s --describe --topic %s".formatted(this.cluster, topic);
	}

	/**
	 * What the members publish of themselves.
	 */
	String published() {
		return "kafka-console-consumer %s --topic %s --from-beginning".formatted(this.cluster,
				this.source.rebalancesTopic());
	}

	/**
	 * The dead letters with the headers that tell where they came from, and why.
	 */
	String deadLetters(String topic) {
		return "kafka-console-consumer %s --topic %s --from-beginning --formatter-property print.headers=true"
			.formatted(this.cluster, topic);
	}

	String brokers() {
		return "kafka-broker-api-versions " + this.cluster;
	}

}
