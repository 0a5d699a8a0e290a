package lab.console.instance;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import lab.console.board.Board;
import lab.console.events.OrderHandled;
import lab.console.fault.AtLeastOnce;
import lab.console.fault.LabProcess;
import lab.console.fault.OneOwnerPerPartition;
import lab.console.fault.PlacedOrder;
import lab.console.fault.TestLab;
import lab.console.fault.TopicReader;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.group.GroupSnapshot.Member;
import lab.console.group.GroupSnapshot.Partition;
import lab.console.group.PossibleCause;
import lab.console.group.WatchedGroup;
import lab.console.instance.InstanceState.State;
import lab.console.process.LabHome;
import lab.console.terminal.Json;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The actions of the page, on a lab of two products and two partitions under the protocol
 * {@code consumer} (KIP-848), with a session of 5 s.
 */
@ResourceLock(LabProcess.PORTS)
class ActionsIntegrationTests {

	private static final HttpClient http = HttpClient.newHttpClient();

	private static final List<PossibleCause> acted = new CopyOnWriteArrayList<>();

	private static final List<PlacedOrder> placed = new ArrayList<>();

	@TempDir
	private static Path state;

	private static LabProcess lab;

	private static ConfigurableApplicationContext board;

	private static String url;

	private static Cluster cluster;

	@BeforeAll
	static void startLabAndBoard() throws Exception {
		LabProcess.assumePortsAreFree();
		lab = new LabProcess(state);
		String[] up = { "up", "order", "product1", "product2" };
		lab.start(up);
		await("the lab is up", () -> assertThat(lab.printed(up)).contains("Ctrl-C stops everything"));
		LabOptions options = CommandLine.populateCommand(new LabOptions(), "--bootstrap-server", "localhost:9092");
		cluster = Cluster.connect(options);
		int port = TestLab.freePort();
		url = "http://localhost:" + port;
		board = Board.start(new LabHome(TestLab.ROOT, state), options,
				new WatchedGroup("localhost:9092", LabOptions.GROUP, LabOptions.TOPIC, true), port,
				Messages.in(Language.EN));
		board.addApplicationListener((PayloadApplicationEvent<PossibleCause> event) -> acted.add(event.getPayload()));
		assertThat(post("partitions", "{\"total\":2}").path("partitions").asInt()).isEqualTo(2);
		awaitOneOwnerEach();
		await("orders go to both partitions", () -> {
			place(1);
			assertThat(placed.stream().map(PlacedOrder::partition).distinct()).hasSize(2);
		});
	}

	@AfterAll
	static void stopAll() throws Exception {
		if (lab != null) {
			lab.run("down");
			LabProcess.assertPortsAreFree();
		}
		if (board != null) {
			board.close();
			cluster.close();
		}
	}

	/**
	 * A request of another site to kill product1 is refused, and product1 runs on.
	 */
	@Test
	void anotherSiteCannotKillAnInstance() throws Exception {
		HttpResponse<String> answer = http.send(
				request("instances/product1/kill", "{}").header("Origin", "https://example.com").build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(states("product1").state()).isEqualTo(State.RUNNING);
		assertThat(acted).extracting(PossibleCause::kind).doesNotContain(PossibleCause.Kind.DIED);
	}

	/**
	 * product2 takes five seconds for an order: its partition falls behind and the other
	 * one does not. Set to 0 ms again, it catches up.
	 */
	@Test
	void aSlowConsumerFallsBehindAndCatchesUp() throws Exception {
		String slow = owned("product2");
		post("instances/product2/handling", "{\"handlingMs\":5000}");
		await("the board knows it", () -> assertThat(states("product2").handlingMs()).isEqualTo(5_000));
		place(10);
		await("product1 has handled its own, and product2 has not",
				() -> assertThat(cluster.snapshot(LabOptions.GROUP, LabOptions.TOPIC).partitions()).allSatisfy(
						(partition) -> assertThat(partition.lag() > 0).isEqualTo(name(partition).equals(slow))));

		post("instances/product2/handling", "{\"handlingMs\":0}");
		await("product2 has caught up", ActionsIntegrationTests::assertNoLag);
		assertThat(acted).extracting(PossibleCause::kind, PossibleCause::target)
			.contains(tuple(PossibleCause.Kind.SLOWED, "product2"));
	}

	/**
	 * product1 is paused past its session timeout: product2 takes over. Resumed, product1
	 * joins again, and every order is handled.
	 */
	@Test
	void aPausedMemberLeavesAndComesBackAndNothingIsLost() throws Exception {
		post("instances/product1/pause", "{}");
		assertThat(states("product1").state()).isEqualTo(State.PAUSED);
		place(10);
		await("product2 is alone", () -> assertThat(group().members()).singleElement()
			.satisfies((member) -> assertThat(member.assigned()).hasSize(2)));
		place(10);

		post("instances/product1/resume", "{}");
		assertThat(states("product1").state()).isEqualTo(State.RUNNING);
		awaitOneOwnerEach();
		place(10);
		await("everything is handled", ActionsIntegrationTests::assertNoLag);
		try (TopicReader handled = new TopicReader("localhost:9092", "product_handled")) {
			await("nothing is lost", () -> new AtLeastOnce().verify(placed, handled(handled)));
		}
		assertThat(acted).filteredOn((event) -> event.target().equals("product1"))
			.extracting(PossibleCause::kind, PossibleCause::target)
			.containsExactly(tuple(PossibleCause.Kind.PAUSED, "product1"),
					tuple(PossibleCause.Kind.RESUMED, "product1"));
	}

	private static void place(int number) throws Exception {
		post("orders", "{\"number\":%d,\"keys\":\"NONE\"}".formatted(number)).path("placed")
			.forEach((order) -> placed.add(new PlacedOrder(order.path("id").asString(), null, LabOptions.TOPIC,
					order.path("partition").asInt(), order.path("offset").asLong())));
	}

	private static List<OrderHandled> handled(TopicReader reader) throws InterruptedException {
		return reader.read().stream().flatMap((value) -> OrderHandled.parse(value).stream()).toList();
	}

	private static void awaitOneOwnerEach() {
		await("each product has a partition", () -> {
			GroupSnapshot group = group();
			assertThat(group.members()).hasSize(2)
				.allSatisfy((member) -> assertThat(member.assigned()).hasSize(1).isEqualTo(member.target()));
			new OneOwnerPerPartition().verify(group);
		});
	}

	private static void assertNoLag() {
		assertThat(group().partitions()).allSatisfy((partition) -> assertThat(partition.lag()).isZero());
	}

	private static String owned(String clientId) {
		return group().members()
			.stream()
			.filter((member) -> member.clientId().equals(clientId))
			.map(Member::assigned)
			.findFirst()
			.orElseThrow()
			.get(0);
	}

	private static String name(Partition partition) {
		return partition.topic() + "-" + partition.partition();
	}

	private static GroupSnapshot group() {
		return cluster.snapshot(LabOptions.GROUP, LabOptions.TOPIC);
	}

	private static InstanceState states(String name) {
		return board.getBean(LabInstances.class).get().get(name);
	}

	private static HttpRequest.Builder request(String path, String body) {
		return HttpRequest.newBuilder(URI.create(url + "/api/" + path))
			.timeout(Duration.ofSeconds(60))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	private static JsonNode post(String path, String body) throws Exception {
		HttpResponse<String> answer = http.send(request(path, body).header("Origin", url).build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return Json.read(answer.body());
	}

	private static void await(String what, ThrowingRunnable assertion) {
		Awaitility.await(what)
			.atMost(Duration.ofMinutes(3))
			.pollInterval(Duration.ofMillis(200))
			.untilAsserted(assertion);
	}

}
