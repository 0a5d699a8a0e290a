package lab.console.bench.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import lab.console.group.Cluster;
import lab.console.group.Topics;
import lab.console.instance.Instance;
import lab.console.instance.Instances;
import lab.console.instance.OwnBroker;
import lab.console.process.Cleanup;
import lab.console.process.LabHome;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;

/**
 * A broker for a whole benchmark, and services on free ports beside it. Each measurement
 * has a prefix of its own for its topics and its group.
 */
final class BenchLab {

	private static final Duration PAUSE = Duration.ofMillis(10);

	private static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(2);

	private final LabHome home;

	private final Messages messages;

	private final Cleanup cleanup;

	private final OwnBroker broker;

	private final LabOptions options;

	private final Cluster cluster;

	private final Instances instances;

	private final Deque<Instance> running = new ArrayDeque<>();

	private int prefixes;

	/**
	 * Starts the broker.
	 * @param home for the data and logs of this benchmark alone
	 * @param cleanup stops everything that is started
	 */
	BenchLab(LabHome home, Messages messages, Cleanup cleanup) throws InterruptedException {
		this.home = home;
		this.messages = messages;
		this.cleanup = cleanup;
		this.broker = OwnBroker.start(home, Map.of(), messages, cleanup);
		this.options = CommandLine.populateCommand(new LabOptions(),
				"--bootstrap-server=" + this.broker.bootstrapServers());
		this.cluster = cleanup.add("cluster", CLOSE_TIMEOUT, Cluster.connect(this.options, messages));
		this.instances = new Instances(home, messages);
		cleanup.add("services", CLOSE_TIMEOUT, () -> this.instances.stopAll((instance) -> {
		}));
	}

	/**
	 * A new start of the names of topics and groups.
	 */
	String nextPrefix() {
		this.prefixes++;
		return "bench-%d-".formatted(this.prefixes);
	}

	/**
	 * Starts an instance on a free port, and returns when it is ready.
	 * @param environment further variables of its environment
	 */
	Instance start(String name, String prefix, Map<String, String> environment) throws InterruptedException {
		Instance instance = Instance.named(name).orElseThrow().onFreePort(List.of());
		Map<String, String> all = new TreeMap<>(environment);
		all.putAll(Map.of("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers(), "LAB_PREFIX", prefix));
		this.running.push(instance);
		this.instances.startAll(List.of(instance), all);
		return instance;
	}

	/**
	 * Stops what {@link #start} has started, the last one first.
	 */
	void stopServices() throws InterruptedException {
		while (!this.running.isEmpty()) {
			this.instances.stop(this.running.pop());
		}
	}

	/**
	 * Waits until something holds.
	 * @throws LabException if it does not after that time
	 */
	void await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new LabException(this.messages.get("bench.timeout", timeout.toSeconds()));
			}
			TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
		}
	}

	String bootstrapServers() {
		return this.broker.bootstrapServers();
	}

	/**
	 * The settings of a Kafka client.
	 */
	Properties client() {
		return Cluster.clientProperties(this.options);
	}

	/**
	 * A producer with the settings of those of the services: a record is sent at once,
	 * and one request is on its way. Of several requests to a new topic, the second can
	 * arrive before the first, and is then refused again and again.
	 */
	static KafkaProducer<byte[], byte[]> producer(Properties client) {
		Properties settings = new Properties();
		settings.putAll(client);
		settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
		settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
		return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
	}

	/**
	 * The value of an order's record, as the order service would make it.
	 */
	static Map<String, String> order(int number) {
		return Map.of("id", UUID.randomUUID().toString(), "message", String.valueOf(number), "customerId",
				"customer-" + number, "placedAt", Instant.now().toString());
	}

	Topics topics() {
		return this.cluster.topics();
	}

	LabHome home() {
		return this.home;
	}

	Cleanup cleanup() {
		return this.cleanup;
	}

	Messages messages() {
		return this.messages;
	}

}
