package lab.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The broker as started by {@code mvn spring-boot:run}, but on free ports.
 */
@ExtendWith(OutputCaptureExtension.class)
class BrokerIntegrationTests {

	@TempDir
	private Path dataDir;

	private int port;

	private int controllerPort;

	/** Empty for no metrics, so that a running lab may use the default port. */
	private String metricsPort = "";

	private String jmxPort = "";

	@BeforeEach
	void choosePorts() throws IOException {
		try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.port = one.getLocalPort();
			this.controllerPort = other.getLocalPort();
		}
	}

	@Test
	void keepsItsDataAcrossARestart() throws Exception {
		String clusterId;
		try (ConfigurableApplicationContext broker = start(); Admin admin = admin()) {
			admin.createTopics(List.of(new NewTopic("kept", 3, (short) 1))).all().get();
			clusterId = admin.describeCluster().clusterId().get();
		}
		try (ConfigurableApplicationContext broker = start(); Admin admin = admin()) {
			assertThat(admin.describeTopics(List.of("kept")).allTopicNames().get().get("kept").partitions()).hasSize(3);
			assertThat(admin.describeCluster().clusterId().get()).isEqualTo(clusterId);
		}
	}

	@Test
	void makesNoTopicByMistake() {
		try (ConfigurableApplicationContext broker = start();
				KafkaProducer<String, String> producer = new KafkaProducer<>(
						Map.of("bootstrap.servers", "localhost:" + this.port, "max.block.ms", 500),
						new StringSerializer(), new StringSerializer())) {
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> producer.send(new ProducerRecord<>("topic_exmaple", "oops")).get())
				.withCauseInstanceOf(TimeoutException.class)
				.withMessageContaining("not present in metadata");
		}
	}

	@Test
	void tellsGroupsToSendHeartbeatsOften() throws Exception {
		try (ConfigurableApplicationContext broker = start(); Admin admin = admin()) {
			ConfigResource node = new ConfigResource(ConfigResource.Type.BROKER, "1");
			Config config = admin.describeConfigs(List.of(node)).all().get().get(node);
			assertThat(config.get("group.consumer.heartbeat.interval.ms").value()).isEqualTo("500");
			assertThat(config.get("group.consumer.session.timeout.ms").value()).isEqualTo("5000");
		}
	}

	@Test
	void listensOnLoopbackOnly() throws Exception {
		this.metricsPort = freePort();
		this.jmxPort = freePort();
		try (ConfigurableApplicationContext broker = start(); Admin admin = admin()) {
			assertThat(admin.describeCluster().nodes().get()).singleElement()
				.satisfies((node) -> assertThat(InetAddress.getByName(node.host()).isLoopbackAddress()).isTrue());
			for (String port : List.of("" + this.port, "" + this.controllerPort, this.metricsPort, this.jmxPort)) {
				assertThat(answers(InetAddress.getLoopbackAddress(), port)).as("port %s", port).isTrue();
				assertThat(otherAddresses()).as("addresses other than localhost with port %s", port)
					.noneMatch((address) -> answers(address, port));
			}
		}
	}

	@Test
	void saysWhichPortIsTaken(CapturedOutput output) throws IOException {
		try (ServerSocket other = new ServerSocket(this.port, 1, InetAddress.getLoopbackAddress())) {
			assertThatException().isThrownBy(this::start);
		}
		assertThat(output).contains("Port %d on localhost is taken".formatted(this.port))
			.contains("./lab down")
			.doesNotContain("\tat ");
	}

	@Test
	void saysThatTheDiskIsFull(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("--lab.kafka.min-free=1000000TB"));
		assertThat(output).containsPattern("Only \\d+ MB are free on the disk of " + this.dataDir)
			.contains("./lab reset", "--lab.kafka.data-dir")
			.doesNotContain("\tat ");
	}

	@Test
	void saysThatAFolderCannotBeWritten(CapturedOutput output) throws IOException {
		this.dataDir = Files.createFile(this.dataDir.resolve("file")).resolve("below");
		assertThatException().isThrownBy(this::start);
		assertThat(output).contains("cannot keep its data in").contains("--lab.kafka.data-dir").doesNotContain("\tat ");
	}

	@Test
	void saysThatAnotherBrokerUsesTheData(CapturedOutput output) throws IOException {
		try (ConfigurableApplicationContext broker = start()) {
			choosePorts();
			assertThatException().isThrownBy(this::start);
		}
		assertThat(output).contains("Another broker is using the data in").doesNotContain("\tat ");
	}

	@Test
	void showsPrometheusItsMetrics() throws Exception {
		this.metricsPort = freePort();
		try (ConfigurableApplicationContext broker = start()) {
			assertThat(get("http://localhost:%s/metrics".formatted(this.metricsPort)))
				.contains("kafka_controller_kafkacontroller_activecontrollercount 1.0")
				.contains("kafka_server_groupcoordinator_rebalances_total{protocol=\"consumer\"} 0.0")
				.contains("jvm_memory_used_bytes");
		}
	}

	@Test
	void goesOnWithoutMetricsWhenTheirPortIsTaken(CapturedOutput output) throws Exception {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.metricsPort = String.valueOf(other.getLocalPort());
			try (ConfigurableApplicationContext broker = start(); Admin admin = admin()) {
				assertThat(admin.describeCluster().nodes().get()).hasSize(1);
			}
		}
		assertThat(output).contains("Port %s on localhost is taken".formatted(this.metricsPort))
			.contains("--lab.kafka.metrics-port")
			.doesNotContain("\tat ");
	}

	@Test
	void letsJmxInWhenAsked() throws Exception {
		this.jmxPort = freePort();
		try (ConfigurableApplicationContext broker = start();
				JMXConnector client = JMXConnectorFactory.connect(new JMXServiceURL(
						"service:jmx:rmi:///jndi/rmi://localhost:%s/jmxrmi".formatted(this.jmxPort)))) {
			assertThat(client.getMBeanServerConnection()
				.getAttribute(new ObjectName("kafka.controller:type=KafkaController,name=ActiveControllerCount"),
						"Value"))
				.isEqualTo(1);
		}
		// RMI closes its port asynchronously
		await().atMost(Duration.ofMinutes(1)).until(() -> !answers(InetAddress.getLoopbackAddress(), this.jmxPort));
	}

	@Test
	void saysThatTheJmxPortIsTaken(CapturedOutput output) throws IOException {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.jmxPort = String.valueOf(other.getLocalPort());
			assertThatException().isThrownBy(this::start);
		}
		assertThat(output).contains("JMX cannot listen on port " + this.jmxPort)
			.contains("JMX_PORT")
			.doesNotContain("\tat ");
	}

	private ConfigurableApplicationContext start(String... settings) {
		return new SpringApplicationBuilder(KafkaApplication.class).run(Stream
			.concat(Stream.of("--lab.kafka.port=" + this.port, "--lab.kafka.controller-port=" + this.controllerPort,
					"--lab.kafka.data-dir=" + this.dataDir, "--lab.kafka.metrics-port=" + this.metricsPort,
					"--lab.kafka.jmx-port=" + this.jmxPort), Stream.of(settings))
			.toArray(String[]::new));
	}

	private static String freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return String.valueOf(socket.getLocalPort());
		}
	}

	/**
	 * Addresses of this machine other than localhost, on which a socket must not answer.
	 * 127.0.0.2 is one on Linux even without a network.
	 */
	private static List<InetAddress> otherAddresses() throws IOException {
		return Stream
			.concat(NetworkInterface.networkInterfaces()
				.flatMap(NetworkInterface::inetAddresses)
				.filter((address) -> !address.isLoopbackAddress()), Stream.of(InetAddress.getByName("127.0.0.2")))
			.toList();
	}

	private static boolean answers(InetAddress address, String port) {
		try (Socket socket = new Socket(address, Integer.parseInt(port))) {
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static String get(String url) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

	private Admin admin() {
		return Admin.create(Map.of("bootstrap.servers", "localhost:" + this.port));
	}

}
