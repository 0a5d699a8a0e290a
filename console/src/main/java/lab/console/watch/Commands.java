package lab.console.watch;

import java.nio.file.Path;
import java.util.Optional;

import lab.console.group.Source;
import lab.console.terminal.LabOptions;

/**
 * Kafka's own commands that show what the board shows.
 *
 * @param cluster the options that name it
 */
record Commands(String cluster, Source source) {

	static Commands of(LabOptions options, Source source) {
		Optional<Path> config = options.commandConfig();
		return new Commands("--bootstrap-server " + source.bootstrapServer()
				+ config.map((file) -> " --command-config " + file).orElse(""), source);
	}

	String offsets() {
		return "kafka-consumer-groups %s --describe --group %s".formatted(this.cluster, this.source.group());
	}

	String members() {
		return offsets() + " --members --verbose";
	}

	String partitions() {
		return "kafka-topics %s --describe --topic %s".formatted(this.cluster,
				this.source.expectedTopic().orElse("TOPIC"));
	}

	/**
	 * What the members publish of themselves.
	 */
	String published() {
		return "kafka-console-consumer %s --topic %s --from-beginning".formatted(this.cluster,
				this.source.rebalancesTopic());
	}

	String brokers() {
		return "kafka-broker-api-versions " + this.cluster;
	}

}
