package lab.console.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.instance.Instance;
import lab.console.instance.Instances;
import lab.console.instance.Protocol;
import lab.console.process.Folders;
import lab.console.process.LabHome;
import lab.console.terminal.Json;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The services as processes of their own, as {@code lab up} starts them, on free ports
 * and with a topic and a group of their own, against any broker.
 */
public final class TestLab implements AutoCloseable {

	public static final Path ROOT = Path.of(System.getProperty("lab.home", "..")).toAbsolutePath().normalize();

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	public final String topic;

	public final String group;

	private final String bootstrapServers;

	private final Instances instances;

	private final Map<String, Instance> known = new HashMap<>();

	private final HttpClient http = HttpClient.newHttpClient();

	private final Cluster cluster;

	private final TopicReader handledTopic;

	private final TopicReader deadLetterTopic;

	private final List<Order> placed = new CopyOnWriteArrayList<>();

	private Function<String, List<String>> productSettings = (product) -> List.of();

	public TestLab(LabHome home, String bootstrapServers, String scenario) {
		this.topic = "orders-" + scenario;
		this.group = "product-" + scenario;
		this.bootstrapServers = bootstrapServers;
		this.instances = new Instances(home, Messages.in(Language.EN));
		LabOptions options = CommandLine.populateCommand(new LabOptions(), "--bootstrap-server", bootstrapServers,
				"--lang=EN");
		this.cluster = Cluster.connect(options);
		this.handledTopic = new TopicReader(bootstrapServers, this.group + "_handled");
		this.deadLetterTopic = new TopicReader(bootstrapServers, this.topic + "-dlt");
	}

	/**
	 * An empty state folder below target, where the logs can be read after a failure.
	 */
	public static LabHome home(String name) throws IOException {
		Path state = ROOT.resolve("console/target/test-labs/" + name);
		Folders.delete(state);
		return new LabHome(ROOT, Files.createDirectories(state));
	}

	public static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/**
	 * Every product that is started from now on is under this protocol.
	 * @param settings what a product is to have beside it, by the product's name
	 */
	void use(Protocol protocol, Function<String, List<String>> settings) {
		this.instances.noteProtocol(protocol);
		this.productSettings = settings;
	}

	/**
	 * Starts the instances of these names at once and returns when all are ready.
	 */
	public void start(String... names) throws Exception {
		Map<Instance, Process> started = new LinkedHashMap<>();
		for (String name : names) {
			Instance usual = Instance.named(name).orElseThrow();
			List<String> arguments = new ArrayList<>(usual.arguments());
			int port = freePort();
			arguments.addAll(List.of("--server.port=" + port, "--lab.order.topic=" + this.topic,
					"--lab.product.topic=" + this.topic, "--lab.product.group=" + this.group));
			if (usual.isProduct()) {
				arguments.addAll(this.productSettings.apply(name));
			}
			Instance instance = usual.with(port, arguments);
			this.known.put(name, instance);
			started.put(instance,
					this.instances.start(instance, Map.of("KAFKA_BOOTSTRAP_SERVERS", this.bootstrapServers)));
		}
		for (Map.Entry<Instance, Process> entry : started.entrySet()) {
			this.instances.awaitReady(entry.getKey(), entry.getValue());
		}
	}

	public void stop(String name) throws InterruptedException {
		this.instances.stop(instance(name));
	}

	void kill(String name) throws InterruptedException {
		this.instances.kill(instance(name));
	}

	String log(String name) throws IOException {
		return Files.readString(this.instances.log(name));
	}

	/**
	 * Places an order and remembers it; anything but 201 fails.
	 */
	public Order place(String message, @Nullable String customerId) throws Exception {
		return tryToPlace(message, customerId).orElseThrow(() -> new AssertionError("not 201: " + message));
	}

	/**
	 * Places an order and remembers it when it was answered with 201.
	 */
	Optional<Order> tryToPlace(String message, @Nullable String customerId) throws Exception {
		Map<String, String> body = new LinkedHashMap<>(Map.of("message", message));
		if (customerId != null) {
			body.put("customerId", customerId);
		}
		HttpResponse<String> response = this.http
			.send(HttpRequest.newBuilder(URI.create("http://localhost:%d/orders".formatted(instance("order").port())))
				.header("Content-Type", "application/json")
				.timeout(Duration.ofSeconds(10))
				.POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
				.build(), HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != 201) {
			return Optional.empty();
		}
		JsonNode placed = Json.read(response.body());
		Order order = new Order(UUID.fromString(placed.path("id").asString()),
				placed.path("key").isNull() ? null : placed.path("key").asString(), placed.path("topic").asString(),
				placed.path("partition").asInt(), placed.path("offset").asLong());
		this.placed.add(order);
		return Optional.of(order);
	}

	JsonNode assignment(String name) throws Exception {
		return Json.read(
				this.http
					.send(HttpRequest
						.newBuilder(
								URI.create("http://localhost:%d/actuator/assignment".formatted(instance(name).port())))
						.build(), HttpResponse.BodyHandlers.ofString())
					.body());
	}

	/**
	 * Where the instance of that name listens.
	 */
	public int port(String name) {
		return instance(name).port();
	}

	void type(String freeText) {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", this.bootstrapServers), new StringSerializer(), new StringSerializer())) {
			producer.send(new ProducerRecord<>(this.topic, freeText));
		}
	}

	public GroupSnapshot snapshot() {
		return this.cluster.snapshot(this.group, this.topic);
	}

	public void scaleTo(int partitions) {
		this.cluster.topics().createPartitions(this.topic, partitions);
	}

	List<Order> placed() {
		return this.placed;
	}

	/**
	 * What the products published of this lab's orders so far, in the order of
	 * publishing.
	 */
	List<Handled> handled() {
		Set<UUID> own = this.placed.stream().map(Order::id).collect(Collectors.toSet());
		return this.handledTopic.read()
			.stream()
			.map(Json::read)
			.map((event) -> new Handled(UUID.fromString(event.path("orderId").asString()),
					event.path("instance").asString(), event.path("partition").asInt(), event.path("offset").asLong()))
			.filter((event) -> own.contains(event.orderId()))
			.toList();
	}

	/**
	 * What could not be handled, as it was sent.
	 */
	List<String> deadLetters() {
		return this.deadLetterTopic.read();
	}

	void verify(Guarantee... guarantees) {
		List<Handled> handled = handled();
		for (Guarantee guarantee : guarantees) {
			guarantee.verify(this.placed, handled);
		}
	}

	/**
	 * Does it while orders of seven keys are placed, one after the other.
	 */
	void whilePlacingOrders(ThrowingRunnable action) throws Exception {
		AtomicBoolean enough = new AtomicBoolean();
		CompletableFuture<Void> orders = CompletableFuture.runAsync(() -> {
			for (int i = 0; !enough.get(); i++) {
				try {
					tryToPlace("order " + i, "customer-" + i % 7);
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			}
		});
		try {
			await("orders are being handled", () -> assertThat(handled()).hasSizeGreaterThan(20));
			action.run();
		}
		catch (Throwable ex) {
			throw new AssertionError("while orders were placed: " + ex.getMessage(), ex);
		}
		finally {
			enough.set(true);
			orders.join();
		}
	}

	/**
	 * Until the order service has learnt of the new partitions, which takes its
	 * metadata's age.
	 */
	void awaitOrderUses(int partitions) {
		await("orders go to %d partitions".formatted(partitions), () -> {
			place("probe", null);
			assertThat(this.placed.stream().map(Order::partition).distinct()).hasSize(partitions);
		});
	}

	void awaitGuarantees(Guarantee... guarantees) {
		await("the guarantees hold", () -> verify(guarantees));
	}

	static void await(String what, ThrowingRunnable assertion) {
		Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
	}

	@Override
	public void close() throws Exception {
		this.instances.stopAll((instance) -> {
		});
		this.handledTopic.close();
		this.deadLetterTopic.close();
		this.cluster.close();
		assertThat(this.instances.running()).as("processes left running").isEmpty();
	}

	private Instance instance(String name) {
		return this.known.get(name);
	}

}
