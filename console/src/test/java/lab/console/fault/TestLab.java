package lab.console.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lab.console.events.OrderHandled;
import lab.console.group.Cluster;
import lab.console.group.GroupSnapshot;
import lab.console.instance.Instance;
import lab.console.instance.Instances;
import lab.console.instance.Protocol;
import lab.console.process.Folders;
import lab.console.process.LabHome;
import lab.console.process.Ports;
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
 * Order and products, each a process of its own as {@code lab up} starts it, on free
 * ports and with a topic and a group of their own, against any broker.
 */
public final class TestLab implements AutoCloseable {

	public static final Path ROOT = Path.of(System.getProperty("lab.home", "..")).toAbsolutePath().normalize();

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	/**
	 * Of all that is random in a scenario; {@code -Dlab.test.seed=N} repeats a run.
	 */
	private static final long SEED = Long.getLong("lab.test.seed", System.nanoTime());

	public final String topic;

	public final String group;

	private final String bootstrapServers;

	private final Instances instances;

	private final Map<String, Instance> known = new HashMap<>();

	private final HttpClient http = HttpClient.newHttpClient();

	private final Cluster cluster;

	private final TopicReader handledTopic;

	private final TopicReader deadLetterTopic;

	private final Orders orders = new Orders();

	private Function<String, List<String>> productSettings = (product) -> List.of();

	public TestLab(LabHome home, String bootstrapServers, String scenario) {
		this.topic = "orders-" + scenario;
		this.group = "product-" + scenario;
		this.bootstrapServers = bootstrapServers;
		this.instances = new Instances(home, Messages.in(Language.EN));
		this.cluster = Cluster.connect(
				CommandLine.populateCommand(new LabOptions(), "--bootstrap-server", bootstrapServers, "--lang=EN"));
		this.handledTopic = new TopicReader(bootstrapServers, this.group + "_handled");
		this.deadLetterTopic = new TopicReader(bootstrapServers, this.topic + "-dlt");
	}

	/**
	 * Returns an empty state folder below {@code target}, which keeps the logs after a
	 * failure.
	 */
	public static LabHome home(String name) throws IOException {
		Path state = ROOT.resolve("console/target/test-labs/" + name);
		Folders.delete(state);
		return new LabHome(ROOT, Files.createDirectories(state));
	}

	public static int freePort() {
		return Ports.free();
	}

	/**
	 * Sets the protocol of the products that are started from now on.
	 * @param settings further arguments of a product, by its name
	 */
	void use(Protocol protocol, Function<String, List<String>> settings) {
		this.instances.noteProtocol(protocol);
		this.productSettings = settings;
	}

	/**
	 * Starts the instances at once and returns when all are ready.
	 */
	public void start(String... names) throws Exception {
		Map<Instance, Process> started = new LinkedHashMap<>();
		for (String name : names) {
			Instance instance = onFreePort(Instance.named(name).orElseThrow());
			this.known.put(name, instance);
			started.put(instance,
					this.instances.start(instance, Map.of("KAFKA_BOOTSTRAP_SERVERS", this.bootstrapServers)));
		}
		for (Map.Entry<Instance, Process> entry : started.entrySet()) {
			this.instances.awaitReady(entry.getKey(), entry.getValue());
		}
	}

	/**
	 * Starts those of the instances that do not run.
	 */
	void startMissing(String... names) throws Exception {
		Set<String> running = this.instances.running().stream().map(Instance::name).collect(Collectors.toSet());
		start(Stream.of(names).filter((name) -> !running.contains(name)).toArray(String[]::new));
	}

	private Instance onFreePort(Instance usual) {
		List<String> arguments = new ArrayList<>(List.of("--lab.order.topic=" + this.topic,
				"--lab.product.topic=" + this.topic, "--lab.product.group=" + this.group));
		if (usual.isProduct()) {
			arguments.addAll(this.productSettings.apply(usual.name()));
		}
		return usual.onFreePort(arguments);
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
	 * Returns the port of the instance.
	 */
	public int port(String name) {
		return instance(name).port();
	}

	private Instance instance(String name) {
		return this.known.get(name);
	}

	/**
	 * Returns what the product's own endpoint says of its assignment.
	 */
	JsonNode assignment(String name) throws Exception {
		URI url = URI.create("http://localhost:%d/actuator/assignment".formatted(port(name)));
		return Json
			.read(this.http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString()).body());
	}

	public GroupSnapshot snapshot() {
		return this.cluster.snapshot(this.group, this.topic);
	}

	public void scaleTo(int partitions) {
		if (snapshot().partitions().size() < partitions) {
			this.cluster.topics().createPartitions(this.topic, partitions);
		}
	}

	/**
	 * Places an order and remembers it. Sends it again until the answer is 201: on a busy
	 * machine the broker may not answer in time. So it may be recorded twice.
	 */
	public PlacedOrder place(String message, @Nullable String customerId) {
		return Awaitility.await("the order is accepted: " + message)
			.atMost(TIMEOUT)
			.pollDelay(Duration.ZERO)
			.until(() -> this.orders.place(port("order"), message, customerId), Optional::isPresent)
			.orElseThrow();
	}

	/**
	 * Places orders of several customers, one after the other, while the action runs. The
	 * action begins after a random number of orders, each time at another phase of the
	 * heartbeats.
	 * @throws AssertionError naming the seed, if the action fails
	 */
	void whilePlacingOrders(ThrowingRunnable action) throws InterruptedException {
		Random random = new Random(SEED);
		int before = handled().size() + 20 + random.nextInt(30);
		try {
			this.orders.placeWhile(port("order"), random, () -> {
				await("orders are handled", () -> assertThat(handled()).hasSizeGreaterThan(before));
				action.run();
			});
		}
		catch (Throwable ex) {
			throw new AssertionError(
					"while orders were placed (-Dlab.test.seed=%d): %s".formatted(SEED, ex.getMessage()), ex);
		}
	}

	/**
	 * Waits until the order service uses the new partitions, which it learns of when its
	 * metadata expires.
	 */
	void awaitOrderUses(int partitions) {
		await("orders go to %d partitions".formatted(partitions), () -> {
			place("probe", null);
			assertThat(placed().stream().map(PlacedOrder::partition).distinct()).hasSize(partitions);
		});
	}

	/**
	 * Begins a scenario: guarantees are verified for the orders from now on.
	 */
	void forgetOrders() {
		this.orders.forget();
	}

	List<PlacedOrder> placed() {
		return this.orders.placed();
	}

	/**
	 * Returns what the products published of the placed orders so far, in the order of
	 * publishing.
	 */
	List<OrderHandled> handled() throws InterruptedException {
		Set<String> own = placed().stream().map(PlacedOrder::id).collect(Collectors.toSet());
		return this.handledTopic.read()
			.stream()
			.flatMap((value) -> OrderHandled.parse(value).stream())
			.filter((event) -> own.contains(event.orderId()))
			.toList();
	}

	/**
	 * Writes a record to the topic that is not an order.
	 */
	void type(String freeText) {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", this.bootstrapServers), new StringSerializer(), new StringSerializer())) {
			producer.send(new ProducerRecord<>(this.topic, freeText));
		}
	}

	/**
	 * Returns the records that could not be handled, as they were sent.
	 */
	List<String> deadLetters() throws InterruptedException {
		return this.deadLetterTopic.read().stream().map((value) -> new String(value, StandardCharsets.UTF_8)).toList();
	}

	void awaitGuarantees(Guarantee... guarantees) {
		await("the guarantees hold", () -> {
			List<OrderHandled> handled = handled();
			for (Guarantee guarantee : guarantees) {
				guarantee.verify(placed(), handled);
			}
		});
	}

	static void await(String what, ThrowingRunnable assertion) {
		Awaitility.await(what).atMost(TIMEOUT).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
	}

	@Override
	public void close() throws Exception {
		stopTogether();
		this.handledTopic.close();
		this.deadLetterTopic.close();
		this.cluster.close();
		assertThat(this.instances.running()).as("processes left running").isEmpty();
	}

	private void stopTogether() {
		CompletableFuture
			.allOf(this.instances.running()
				.stream()
				.map((instance) -> CompletableFuture.runAsync(() -> stop(instance)))
				.toArray(CompletableFuture[]::new))
			.join();
	}

	private void stop(Instance instance) {
		try {
			this.instances.stop(instance);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
