package lab.console.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import lab.console.process.Folders;
import lab.console.process.ProcessTree;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lab's broker on a free port, with settings that may be wrong.
 */
public record BrokerProcess(int port, List<String> command, Path log, Process process) implements AutoCloseable {

	private static final Path ROOT = Path.of(System.getProperty("lab.home", "..")).toAbsolutePath().normalize();

	public static BrokerProcess start(int port, String... settings) throws IOException {
		Path folder = ROOT.resolve("console/target/test-labs/broker-" + port);
		Folders.delete(folder);
		Path log = Files.createDirectories(folder).resolve("kafka.log");
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar",
				ROOT.resolve("kafka/target/kafka.jar").toString(), "--lab.kafka.port=" + port,
				"--lab.kafka.controller-port=" + freePort(), "--lab.kafka.data-dir=" + folder.resolve("data")));
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
