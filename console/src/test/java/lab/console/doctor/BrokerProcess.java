package lab.console.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import lab.console.fault.TestLab;
import lab.console.process.LabHome;
import lab.console.process.ProcessTree;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lab's broker on a free port, with settings that may be wrong.
 */
public record BrokerProcess(int port, List<String> command, Path log, Process process) implements AutoCloseable {

	public static BrokerProcess start(int port, String... settings) throws IOException {
		LabHome home = TestLab.home("broker-" + port);
		Path log = home.state().resolve("kafka.log");
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", home.classPath("kafka"),
				"lab.kafka.KafkaApplication", "--lab.kafka.port=" + port, "--lab.kafka.controller-port=" + freePort(),
				"--lab.kafka.metrics-port=", "--lab.kafka.data-dir=" + home.state().resolve("data")));
		for (String setting : settings) {
			command.add("--lab.kafka.server." + setting);
		}
		return start(port, command, log);
	}

	private static BrokerProcess start(int port, List<String> command, Path log) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		Awaitility.await("broker is ready").atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
			assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
			assertThat(Files.readString(log)).contains("Started KafkaApplication");
		});
		return new BrokerProcess(port, command, log, process);
	}

	/**
	 * Starts it again, on the same port and with its data.
	 */
	public BrokerProcess again() throws IOException {
		return start(this.port, this.command, this.log);
	}

	/**
	 * Commits for a group of nobody, also on a topic that was only just made: its
	 * coordinator hears of that a moment later than whoever made it.
	 */
	public static void commit(Admin admin, String group, TopicPartition partition, long offset) {
		Awaitility.await("the coordinator knows the topic")
			.ignoreExceptionsMatching((ex) -> ex.getCause() instanceof UnknownTopicOrPartitionException)
			.untilAsserted(
					() -> admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
						.all()
						.get());
	}

	public static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	public String bootstrapServer() {
		return "localhost:" + this.port;
	}

	@Override
	public void close() {
		ProcessTree.stop(this.process.toHandle(), Duration.ofSeconds(30));
	}

}
