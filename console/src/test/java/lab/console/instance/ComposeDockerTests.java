package lab.console.instance;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import lab.console.fault.Dashboard;
import lab.console.fault.LabProcess;
import lab.console.fault.LabProcess.Result;
import lab.console.fault.TestLab;
import lab.console.process.LabHome;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.testcontainers.junit.jupiter.Testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The broker of docker-compose.yml, by the commands that the seed lab's reader types, and
 * {@code lab up} on it.
 */
@Testcontainers(disabledWithoutDocker = true)
@ResourceLock(LabProcess.PORTS)
@ResourceLock(LabProcess.NETWORK)
class ComposeDockerTests {

	private static final String[] DESCRIBE = { "kafka-topics", "--bootstrap-server", "localhost:9092", "--describe",
			"--topic", "topic_example" };

	private static final String FILE = "docker-compose.yml";

	private static final String THREE = "docker-compose.brokers.yml";

	private static final List<Instance> KAFKA = List.of(Instance.KAFKA);

	@TempDir
	private static Path state;

	private static LabProcess lab;

	private static ComposeBroker container;

	@BeforeAll
	static void prepare() throws Exception {
		LabProcess.assumePortsAreFree();
		lab = new LabProcess(state);
		container = new ComposeBroker(new LabHome(TestLab.ROOT, state), Messages.in(Language.EN));
		// what an earlier run has left behind
		container.run(FILE, "down", "-v");
		container.run(THREE, "down", "-v");
	}

	@AfterAll
	static void removeTheContainersAndTheirData() throws Exception {
		if (lab != null) {
			lab.run("down");
			container.remove();
			LabProcess.assertPortsAreFree();
		}
	}

	/**
	 * Does nothing if it runs.
	 */
	@BeforeEach
	void startTheContainer() throws Exception {
		container.start(KAFKA);
	}

	@Test
	void hasTheCommandsWithoutSuffixAndPrintsTheSameAsOutside() throws Exception {
		createTopic();
		List<String> inside = new ArrayList<>(List.of("exec", "-T", "kafka"));
		inside.addAll(List.of(DESCRIBE));
		Awaitility.await("the partition has its leader, also after a restart")
			.atMost(Duration.ofMinutes(1))
			.untilAsserted(() -> assertThat(outside(DESCRIBE)).contains("PartitionCount: 1", "Leader: 1"));
		assertThat(container.run(FILE, inside.toArray(String[]::new))).isEqualTo(outside(DESCRIBE));
	}

	@Test
	void keepsItsDataAcrossARestartAndANewContainer() throws Exception {
		createTopic();
		container.stop(KAFKA);
		container.start(KAFKA);
		assertThat(outside(DESCRIBE)).contains("PartitionCount: 1");
		container.run(FILE, "down");
		container.start(KAFKA);
		assertThat(outside(DESCRIBE)).contains("PartitionCount: 1");
	}

	@Test
	void isPublishedOnLoopbackOnly() throws Exception {
		assertThat(container.run(FILE, "port", "kafka", "9092").strip()).isEqualTo("127.0.0.1:9092");
	}

	@Test
	void showsPrometheusWhatTheDashboardAsksOfABroker() throws Exception {
		createTopic();
		container.run(FILE, "exec", "-T", "kafka", "bash", "-c",
				"echo hello | kafka-console-producer --bootstrap-server localhost:9092 --topic topic_example");
		List<String> asked = Dashboard.metrics()
			.stream()
			.filter((metric) -> metric.matches("kafka_(server|network)_.*"))
			.toList();
		HttpRequest metrics = HttpRequest.newBuilder(URI.create("http://localhost:9404/metrics")).build();
		assertThat(asked).hasSizeGreaterThan(3);
		assertThat(HttpClient.newHttpClient().send(metrics, HttpResponse.BodyHandlers.ofString()).body())
			.contains(asked);
		assertThat(container.run(FILE, "port", "kafka", "9404").strip()).isEqualTo("127.0.0.1:9404");
	}

	@Test
	void isTunedByTheSameFile() throws Exception {
		assertThat(container.run(FILE, "exec", "-T", "kafka", "kafka-configs", "--bootstrap-server", "localhost:9092",
				"--entity-type", "brokers", "--entity-name", "1", "--describe", "--all"))
			.contains("group.consumer.heartbeat.interval.ms=500")
			.contains("auto.create.topics.enable=false");
	}

	@Test
	void labUpStartsAndStopsItToo() throws Exception {
		container.run(FILE, "down");
		container.forget();
		Process up = lab.start("up", "--broker", "docker");
		Awaitility.await("the lab is up").atMost(Duration.ofMinutes(5)).untilAsserted(() -> {
			assertThat(up.isAlive()).as(lab.printed("up", "--broker", "docker")).isTrue();
			assertThat(lab.printed("up", "--broker", "docker")).contains("Ctrl-C stops everything");
		});
		assertThat(container.run(FILE, "ps", "-q", "kafka")).isNotBlank();
		assertThat(lab.run("status").output()).contains("IDLE");
		Result down = lab.run("down");
		assertThat(down.status()).as(down.output()).isZero();
		LabProcess.assertPortsAreFree();
	}

	@Test
	void labUpStartsThreeBrokersTooAndLosesNoneOfTheirDataWithOneOfThem() throws Exception {
		container.remove();
		Process up = lab.start("up", "kafka", "--brokers", "3", "--broker", "docker");
		Awaitility.await("three brokers are up").atMost(Duration.ofMinutes(5)).untilAsserted(() -> {
			String printed = lab.printed("up", "kafka", "--brokers", "3", "--broker", "docker");
			assertThat(up.isAlive()).as(printed).isTrue();
			assertThat(printed).contains("Ctrl-C stops everything");
		});
		assertThat(outside("kafka-topics", "--bootstrap-server", "localhost:9292", "--create", "--topic", "kept"))
			.contains("Created topic kept");
		assertThat(lab.run("kill", "kafka1").status()).isZero();
		Awaitility.await("two replicas in sync")
			.atMost(Duration.ofMinutes(3))
			.untilAsserted(() -> assertThat(
					outside("kafka-topics", "--bootstrap-server", "localhost:9192", "--describe", "--topic", "kept"))
				.containsPattern("Isr: ([23]),(?!\\1)[23]\\s"));
		Result start = lab.run("start", "kafka1");
		assertThat(start.status()).as(start.output()).isZero();
		assertThat(lab.run("down").status()).isZero();
		LabProcess.assertPortsAreFree();
	}

	@Test
	void leavesAloneWhatAnotherCloneHasMade(@TempDir Path clone) throws Exception {
		createTopic();
		for (String name : List.of(FILE, THREE, ".env", "config", "bin")) {
			Files.createDirectories(clone.resolve("kafka"));
			Files.copy(TestLab.ROOT.resolve("kafka").resolve(name), clone.resolve("kafka").resolve(name));
		}
		ComposeBroker other = new ComposeBroker(new LabHome(clone, clone.resolve(".lab")), Messages.in(Language.EN));
		String folder = TestLab.ROOT.resolve("kafka").toRealPath().toString();
		assertThatThrownBy(() -> other.start(KAFKA)).isInstanceOf(LabException.class).hasMessageContaining(folder);
		assertThat(other.remove()).as("left of a clone that has no containers").isEmpty();
		assertThat(outside(DESCRIBE)).contains("PartitionCount: 1");

		container.run(FILE, "down");
		container.run(THREE, "down");
		assertThat(other.remove()).as("left by a clone without containers").isEmpty();
		other.run(FILE, "up", "--no-start");
		assertThat(other.remove()).as("left by one that uses the other's volume").hasValueSatisfying(contains("_data"));
		container.start(KAFKA);
		assertThat(outside(DESCRIBE)).contains("PartitionCount: 1");

		assertThat(container.remove()).isEmpty();
		assertThat(container.run(FILE, "ps", "-q")).isBlank();
		container.start(KAFKA);
		assertThat(outside("kafka-topics", "--bootstrap-server", "localhost:9092", "--list"))
			.doesNotContain("topic_example");
	}

	private static Consumer<String> contains(String text) {
		return (sentence) -> assertThat(sentence).contains(text);
	}

	private void createTopic() throws Exception {
		container.run(FILE, "exec", "-T", "kafka", "kafka-topics", "--bootstrap-server", "localhost:9092", "--topic",
				"topic_example", "--create", "--if-not-exists", "--partitions", "1", "--replication-factor", "1");
	}

	private String outside(String... command) throws Exception {
		List<String> line = new ArrayList<>(List.of(command));
		line.set(0, TestLab.ROOT.resolve("kafka/bin/" + command[0]).toString());
		Process process = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as("status of %s, which printed %s", line, output).isZero();
		return output;
	}

}
