package lab.console.up;

import java.util.List;
import java.util.stream.Collectors;

import lab.console.group.Cluster;
import lab.console.instance.Instance;
import lab.console.instance.Instances;
import lab.console.process.Ports.Connection;
import lab.console.terminal.BrokerKind;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal.Style;
import org.jspecify.annotations.Nullable;

/**
 * Chooses between the brokers that already run and brokers that {@code lab up} starts.
 *
 * @param kind what was asked for, or {@code null}: then one broker that answers is used,
 * and otherwise embedded brokers are started
 * @param brokers those to start
 */
record BrokerChoice(LabOptions options, @Nullable BrokerKind kind, List<Instance> brokers, Messages messages,
		UpOutput output) {

	private static final String DEFAULT_SERVER = "localhost:" + Instance.KAFKA.port();

	/**
	 * Starts brokers unless running ones are to be used, and returns when they are ready.
	 * @return their bootstrap servers
	 */
	String start(Instances instances) throws InterruptedException {
		String server = this.options.bootstrapServer();
		Connection connection = Cluster.connection(server);
		boolean reachable = connection == Connection.ACCEPTED;
		if (this.kind == BrokerKind.EXISTING && !reachable) {
			throw new LabException(Cluster.away(server, connection, this.messages));
		}
		if (reachable && (this.kind == BrokerKind.EXISTING || this.kind == null && this.brokers.size() == 1)) {
			try (Cluster cluster = Cluster.connect(this.options)) {
				this.output.say(Style.DIM, this.messages.get("up.broker-found", server, cluster.nodes()));
			}
			return server;
		}
		String names = this.brokers.stream().map(Instance::name).collect(Collectors.joining(", "));
		if (this.kind == BrokerKind.DOCKER) {
			this.output.say(Style.DIM, this.messages.get("up.broker-docker", names));
			return instances.startBrokers(this.brokers, BrokerKind.DOCKER);
		}
		if (!server.equals(DEFAULT_SERVER)) {
			throw new LabException(Cluster.away(server, connection, this.messages));
		}
		this.output.say(Style.DIM, this.messages.get("up.broker-embedded", names));
		return instances.startBrokers(this.brokers, BrokerKind.EMBEDDED);
	}

}
