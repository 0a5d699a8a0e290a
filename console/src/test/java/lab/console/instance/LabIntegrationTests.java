package lab.console.instance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import lab.console.fault.LabProcess;
import lab.console.fault.LabProcess.Result;
import lab.console.fault.OneOwnerPerPartition;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.terminal.Json;
import lab.console.terminal.LabOptions;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code lab up} and the commands for it in a second terminal, each a process as a person
 * starts it. What is only awaited is read from the cluster, without a process for each
 * look.
 */
@ResourceLock(LabProcess.PORTS)
class LabIntegrationTests {

	/** All brokers of a lab of three, of which any may be down. */
	private static final LabOptions OPTIONS = CommandLine.populateCommand(new LabOptions(), "--bootstrap-server",
			"localhost:9092,localhost:9192,localhost:9292", "--lang=EN");

	@TempDir
	private Path state;

	private LabProcess lab;

	@BeforeEach
	void prepare() {
		LabProcess.assumePortsAreFree();
		this.lab = new LabProcess(this.state);
	}

	@AfterEach
	void leaveNothingRunning() throws Exception {
		if (this.lab != null) {
			if (!isEmptyOrMissing(this.state.resolve("run"))) {
				this.lab.run("down");
			}
			LabProcess.assertPortsAreFree();
		}
	}

	private static boolean isEmptyOrMissing(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			return true;
		}
		try (Stream<Path> files = Files.list(folder)) {
			return files.findAny().isEmpty();
		}
	}

	@Test
	void startsEverythingAndStopsItAgain() throws Exception {
		Process up = up();
		assertThat(this.lab.run("status").output()).contains("topic_example-0").contains("IDLE");
		assertThat(this.lab.run("scale", "2").status()).isZero();
		await("each product has a partition", () -> {
			assertThat(group().members()).hasSize(2).noneMatch((member) -> member.assigned().isEmpty());
			new OneOwnerPerPartition().verify(group());
		});
		assertThat(status().path("members").findValues("assigned")).hasSize(2).noneMatch(JsonNode::isEmpty);
		assertThat(this.lab.run("send", "-n", "4", "--json")
			.output()
			.lines()
			.map((line) -> Json.read(line).path("offset").isNumber())).hasSize(4).containsOnly(true);
		assertThat(this.lab.run("send", "--key", "kim", "안녕").output()).contains("안녕").contains("key kim");
		Result third = this.lab.run("start", "product3");
		assertThat(third.status()).as(third.output()).isZero();
		await("three members", () -> assertThat(group().members()).hasSize(3));
		assertThat(this.lab.run("kill", "product1").status()).isZero();
		await("two members", () -> assertThat(group().members()).hasSize(2));
		assertThat(this.lab.run("stop", "product3").status()).isZero();
		assertThat(this.lab.run("start", "product1").status()).isZero();
		up.destroy();
		assertThat(up.waitFor(5, TimeUnit.MINUTES)).as("lab up ends").isTrue();
		LabProcess.assertPortsAreFree();
		assertThat(this.state.resolve("run")).isEmptyDirectory();
	}

	@Test
	void theProtocolIsKeptUntilAnotherIsNamed() throws Exception {
		Process up = up("product1", "--protocol", "classic");
		assertThat(status().path("protocol").asString()).isEqualTo("Classic");
		assertThat(this.lab.run("start", "product2").status()).isZero();
		await("two members, one partition", () -> assertThat(group().members()).hasSize(2));
		assertThat(status().path("protocol").asString()).isEqualTo("Classic");

		assertThat(this.lab.run("stop", "product1").status()).isZero();
		assertThat(this.lab.run("start", "product1", "--protocol", "consumer").status()).isZero();
		await("the group is a consumer group", () -> assertThat(group().protocol()).isEqualTo("Consumer"));
		assertThat(this.lab.run("stop", "product2").status()).isZero();
		assertThat(this.lab.run("start", "product2").status()).isZero();
		await("product2 is a member of a consumer group",
				() -> assertThat(this.state.resolve("logs/product2.log")).content()
					.contains("product2 joined", "(epoch "));

		assertThat(this.lab.run("down").status()).isZero();
		assertThat(up.isAlive()).isFalse();
		assertThat(this.state.resolve("run")).isEmptyDirectory();
	}

	@Test
	void threeBrokersGoOnWithoutOneOfThem() throws Exception {
		Process up = up("order", "product1", "--brokers", "3");
		assertThat(this.lab.run("send", "before").status()).isZero();
		assertThat(this.lab.run("kill", "kafka1").status()).isZero();
		await("the other brokers lead", () -> assertThat(this.lab.run("send", "during").status()).isZero());
		assertThat(this.lab.run("start", "kafka1").status()).isZero();
		// an order that was refused meanwhile may have been recorded all the same
		await("every order is handled",
				() -> assertThat(group().partitions()).hasSize(1)
					.allSatisfy((partition) -> assertThat(partition.committed()).isGreaterThanOrEqualTo(2)
						.isEqualTo(partition.end())));
		assertThat(this.lab.run("down").status()).isZero();
		assertThat(up.isAlive()).isFalse();
		assertThat(this.state.resolve("run")).isEmptyDirectory();
	}

	@Test
	void aSecondLabUpSaysThatThereIsOne() throws Exception {
		Process up = up("kafka");
		Result second = this.lab.run("up", "--json");
		assertThat(second.status()).isEqualTo(1);
		assertThat(second.output()).contains("the lab is up already").contains("./lab down").hasLineCount(1);
		assertThat(up.isAlive()).isTrue();
		assertThat(this.lab.run("down").output()).contains("Everything that the lab started is stopped");
		assertThat(up.isAlive()).isFalse();
	}

	@Test
	void aPortThatIsTakenIsOneSentenceAndNothingIsLeft() throws Exception {
		try (ServerSocket other = new ServerSocket(8082, 1, InetAddress.getLoopbackAddress())) {
			Result up = this.lab.run("up");
			assertThat(up.status()).isEqualTo(1);
			assertThat(up.output()).contains("port 8082, which product1 needs, is in use");
		}
		LabProcess.assertPortsAreFree();
	}

	@Test
	void aTourOnASharedClusterTakesItsNamesAwayAndTouchesNoOthers() throws Exception {
		up("kafka");
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", "localhost:9092"))) {
			admin.createTopics(List.of(new NewTopic("parcel-events", 1, (short) 1))).all().get();
			Result tour = this.lab.run("tour", "topics", "--prefix", "kim-");
			assertThat(tour.output()).contains("--topic kim-parcel-events --partitions 3");
			assertThat(tour.status()).as(tour.output()).isZero();
			assertThat(admin.listTopics().names().get()).contains("parcel-events")
				.noneMatch((topic) -> topic.startsWith("kim-"));
			admin.createTopics(List.of(new NewTopic("kim-own", 1, (short) 1))).all().get();
			Result refused = this.lab.run("tour", "topics", "--prefix", "kim-");
			assertThat(refused.status()).isEqualTo(1);
			assertThat(refused.output()).contains("kim-own").hasLineCount(1);
			assertThat(admin.listTopics().names().get()).contains("kim-own");
		}
	}

	@Test
	void aStalePidFileIsNoObstacle() throws Exception {
		Files.createDirectories(this.state.resolve("run"));
		Files.writeString(this.state.resolve("run/up.pid"), ProcessHandle.current().pid() + " 2020-01-01T00:00:00Z");
		Files.writeString(this.state.resolve("run/kafka.pid"), "not a pid");
		assertThat(this.lab.run("down").output()).contains("The lab was not running");
		up("kafka");
	}

	@Test
	void withoutABrokerEveryCommandSaysSo() throws Exception {
		for (String[] command : new String[][] { { "status" }, { "scale", "2" } }) {
			Result result = this.lab.run(command);
			assertThat(result.status()).isEqualTo(1);
			assertThat(result.output()).contains("no broker answers at localhost:9092").hasLineCount(1);
		}
		Result send = this.lab.run("send");
		assertThat(send.status()).isEqualTo(1);
		assertThat(send.output()).contains("no order service answers").hasLineCount(1);
	}

	private Process up(String... arguments) throws Exception {
		String[] command = Stream.concat(Stream.of("up"), Stream.of(arguments)).toArray(String[]::new);
		Process up = this.lab.start(command);
		await("the lab is up", () -> {
			assertThat(up.isAlive()).as(this.lab.printed(command)).isTrue();
			assertThat(this.lab.printed(command)).contains("Ctrl-C stops everything");
		});
		return up;
	}

	private static GroupSnapshot group() {
		try (Cluster cluster = Cluster.connect(OPTIONS)) {
			return cluster.snapshot(LabOptions.GROUP, LabOptions.TOPIC);
		}
	}

	private JsonNode status() throws Exception {
		return Json.read(this.lab.run("status", "--json").output());
	}

	private static void await(String what, ThrowingRunnable assertion) {
		Awaitility.await(what)
			.atMost(Duration.ofMinutes(3))
			.pollInterval(Duration.ofMillis(200))
			.untilAsserted(assertion);
	}

}
