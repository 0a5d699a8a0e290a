package lab.console.instance;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import lab.console.fault.Dashboard;
import lab.console.fault.LabProcess;
import lab.console.fault.TestLab;
import lab.console.process.LabHome;
import lab.console.process.ProcessTree;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Broker, services and {@code lab metrics} show what the dashboard and the alerts of
 * {@code kafka/monitoring} ask for; a real Prometheus, where one is installed, draws
 * every panel.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MonitoringIntegrationTests {

	private static final String[] PRODUCTS = { "product1", "product2" };

	private Path folder;

	private final HttpClient http = HttpClient.newHttpClient();

	private Instances brokers;

	private Instance kafka;

	private int brokerMetrics;

	private TestLab lab;

	private Process metrics;

	private int groupMetrics;

	@BeforeAll
	void startEverything() throws Exception {
		LabHome home = TestLab.home(getClass().getSimpleName() + "/broker");
		this.brokers = new Instances(home, Messages.in(Language.EN));
		this.brokerMetrics = TestLab.freePort();
		int port = TestLab.freePort();
		this.kafka = Instance.KAFKA.with(port, List.of("--lab.kafka.port=" + port,
				"--lab.kafka.controller-port=" + TestLab.freePort(), "--lab.kafka.metrics-port=" + this.brokerMetrics));
		this.brokers.awaitReady(this.kafka, this.brokers.start(this.kafka, Map.of()));
		String servers = "localhost:" + port;
		this.lab = new TestLab(TestLab.home(getClass().getSimpleName() + "/services"), servers, "watched");
		this.lab.start("order", PRODUCTS[0], PRODUCTS[1]);
		await("the topic is there").untilAsserted(() -> assertThat(this.lab.snapshot().partitions()).hasSize(1));
		this.lab.scaleTo(2);
		this.folder = TestLab.home(getClass().getSimpleName() + "/monitoring").state();
		this.groupMetrics = TestLab.freePort();
		this.metrics = new LabProcess(this.folder).start("metrics", "--bootstrap-server", servers, "--group",
				this.lab.group, "--topic", this.lab.topic, "--port", String.valueOf(this.groupMetrics));
		// the producer learns of the second partition within a second
		await("something of each partition is handled").untilAsserted(() -> {
			this.lab.place("order", null);
			assertThat(this.lab.snapshot().partitions()).hasSize(2)
				.noneMatch((partition) -> partition.committed() == null);
		});
		await("every metric that is asked for is shown")
			.untilAsserted(() -> assertThat(shown()).containsAll(Dashboard.metrics()));
	}

	@AfterAll
	void stopEverything() throws Exception {
		if (this.metrics != null) {
			ProcessTree.stop(this.metrics.toHandle(), Duration.ofSeconds(5));
		}
		if (this.lab != null) {
			this.lab.close();
		}
		this.brokers.stop(this.kafka);
	}

	@Test
	void theGroupIsMeasuredFromOutsideWhenNobodyReads() throws Exception {
		for (String product : PRODUCTS) {
			this.lab.stop(product);
		}
		try {
			await("the last has left").untilAsserted(() -> assertThat(group())
				.anyMatch((line) -> line.matches("kafka_consumergroup_members\\{.*} 0.0")));
			this.lab.place("nobody reads this", "kim");
			await("the record is missed").untilAsserted(
					() -> assertThat(group()).anyMatch((line) -> line.matches("kafka_consumergroup_lag\\{.*} 1.0")));
		}
		finally {
			this.lab.start(PRODUCTS);
		}
		await("the group has caught up")
			.untilAsserted(() -> assertThat(group()).filteredOn((line) -> line.startsWith("kafka_consumergroup_lag{"))
				.hasSize(2)
				.allMatch((line) -> line.endsWith(" 0.0")));
	}

	@Test
	void everyPanelHasSomethingToDraw() throws Exception {
		assumeInstalled("prometheus");
		int port = TestLab.freePort();
		Process prometheus = new ProcessBuilder("prometheus", "--config.file=" + configuration(),
				"--storage.tsdb.path=" + this.folder.resolve("tsdb"), "--web.listen-address=127.0.0.1:" + port)
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("prometheus.log").toFile())
			.start();
		try {
			for (String query : Dashboard.queries(this.lab.group)) {
				await("Prometheus answers " + query).untilAsserted(() -> {
					assertThat(prometheus.isAlive()).as(Files.readString(this.folder.resolve("prometheus.log")))
						.isTrue();
					assertThat(
							ask(port, "query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).path("result")
								.isEmpty())
						.isFalse();
				});
			}
			await("every rule and every target is well").untilAsserted(() -> {
				assertThat(ask(port, "rules").findValues("health")).extracting(JsonNode::asString).containsOnly("ok");
				assertThat(ask(port, "targets").path("activeTargets").valueStream())
					.filteredOn((target) -> target.path("health").asString().equals("up"))
					.hasSize(5);
			});
		}
		finally {
			ProcessTree.stop(prometheus.toHandle(), Duration.ofSeconds(10));
		}
	}

	@Test
	void theAlertsFireWhenTheyShould() throws Exception {
		assumeInstalled("promtool");
		succeeds("promtool", "check", "config", Dashboard.FOLDER.resolve("prometheus.yml").toString());
		succeeds("promtool", "test", "rules",
				TestLab.ROOT.resolve("console/src/test/resources/alerts-test.yml").toString());
	}

	/**
	 * The lab's own, with the ports of this test.
	 */
	private Path configuration() throws IOException {
		String text = Dashboard.read("prometheus.yml")
			.replace("localhost:9404", "localhost:" + this.brokerMetrics)
			.replace("localhost:9405", "localhost:1")
			.replace("localhost:9406", "localhost:2")
			.replace("localhost:9308", "localhost:" + this.groupMetrics)
			.replace("localhost:8081", "localhost:" + this.lab.port("order"))
			.replace("localhost:8082", "localhost:" + this.lab.port(PRODUCTS[0]))
			.replace("localhost:8083", "localhost:" + this.lab.port(PRODUCTS[1]))
			.replace("localhost:8084", "localhost:3");
		Files.writeString(this.folder.resolve("alerts.yml"), Dashboard.read("alerts.yml"));
		return Files.writeString(this.folder.resolve("prometheus.yml"), text);
	}

	private List<String> shown() throws Exception {
		List<String> lines = new ArrayList<>(group());
		lines.addAll(lines("http://localhost:%d/metrics", this.brokerMetrics));
		for (String service : List.of("order", PRODUCTS[0], PRODUCTS[1])) {
			lines.addAll(lines("http://localhost:%d/actuator/prometheus", this.lab.port(service)));
		}
		return lines.stream().map((line) -> line.split("[{ ]", 2)[0]).distinct().toList();
	}

	private List<String> group() throws Exception {
		return lines("http://localhost:%d/metrics", this.groupMetrics);
	}

	private List<String> lines(String url, int port) throws Exception {
		return get(url.formatted(port)).lines().toList();
	}

	private JsonNode ask(int port, String what) throws Exception {
		return Json.read(get("http://localhost:%d/api/v1/%s".formatted(port, what))).path("data");
	}

	private String get(String url) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(Duration.ofMinutes(3)).ignoreExceptions();
	}

	private static void assumeInstalled(String command) {
		assumeThat(Stream.of(System.getenv("PATH").split(":")).map((path) -> Path.of(path, command)))
			.as("%s is installed (apt-get install prometheus)", command)
			.anyMatch(Files::isExecutable);
	}

	private static void succeeds(String... command) throws Exception {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0).as(output).isTrue();
	}

}
