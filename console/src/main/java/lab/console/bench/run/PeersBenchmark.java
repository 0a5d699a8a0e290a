package lab.console.bench.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import lab.console.bench.measure.Figure;
import lab.console.instance.Instance;
import lab.console.process.Jvm;
import lab.console.process.LabHome;
import lab.console.process.Ports;
import lab.console.process.ProgramRun;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;

/**
 * The {@link AcknowledgedLoad} of the order service beside that of others: the same
 * service without Kafka, a controller as in a tutorial, a route of Apache Camel, and a
 * producer without a service.
 */
final class PeersBenchmark implements Benchmark {

	private static final String ORDER = "order";

	private static final String WITHOUT_KAFKA = "without-kafka";

	private static final String TUTORIAL = "tutorial";

	private static final String CAMEL = "camel";

	private static final String PRODUCER = "producer";

	private static final String CAMEL_MODULE = "bench/camel";

	private static final int PARTITIONS = 4;

	private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(10);

	private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

	private final Duration measured;

	private final BenchLab lab;

	private final OrdersBenchmark order;

	/**
	 * Builds the route, for which Camel is downloaded the first time.
	 * @param measured how long each of the two measurements takes, after the warm-up
	 */
	PeersBenchmark(Duration measured, BenchLab lab) throws InterruptedException {
		this.measured = measured;
		this.lab = lab;
		this.order = new OrdersBenchmark(measured, lab);
		buildCamel(lab.home(), lab.messages());
	}

	private static void buildCamel(LabHome home, Messages messages) throws InterruptedException {
		File log = home.logs().resolve("camel-build.log").toFile();
		ProcessBuilder build = new ProcessBuilder(home.root().resolve("mvnw").toString(), "-B", "-ntp", "-f",
				home.root().resolve(CAMEL_MODULE).resolve("pom.xml").toString(), "compile")
			.redirectErrorStream(true)
			.redirectOutput(log);
		try {
			if (ProgramRun.of(build, BUILD_TIMEOUT).status() != 0) {
				throw new LabException(messages.get("bench.peers.no-camel", log));
			}
		}
		catch (TimeoutException ex) {
			throw new LabException(messages.get("bench.peers.no-camel", log), ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public List<String> variants() {
		return List.of(ORDER, WITHOUT_KAFKA, TUTORIAL, CAMEL, PRODUCER);
	}

	@Override
	public List<Figure> figures() {
		return AcknowledgedLoad.FIGURES;
	}

	@Override
	public Map<String, Double> measure(String variant) throws InterruptedException {
		return variant.equals(ORDER) ? this.order.measure(OrdersBenchmark.DEFAULT) : measurePeer(variant);
	}

	private Map<String, Double> measurePeer(String variant) throws InterruptedException {
		String prefix = this.lab.nextPrefix();
		String topic = prefix + LabOptions.TOPIC;
		this.lab.topics().create(topic, PARTITIONS);
		int port = Ports.free();
		LabHome home = this.lab.home();
		return switch (variant) {
			case WITHOUT_KAFKA -> measure(port,
					() -> start(variant,
							home.classPath("order") + File.pathSeparator + home.root().resolve("bench/target/classes"),
							List.of("lab.bench.peer.OrderWithoutKafka", "--server.port=" + port), prefix));
			case TUTORIAL -> measure(port, () -> start(variant, home.classPath("bench"),
					List.of("lab.bench.peer.TutorialController", "--server.port=" + port, "--server.address=127.0.0.1",
							"--spring.kafka.bootstrap-servers=" + this.lab.bootstrapServers(), "--topic=" + topic),
					prefix));
			case CAMEL -> measure(port, () -> start(variant, home.classPath(CAMEL_MODULE),
					List.of("lab.camel.OrderRoute", String.valueOf(port), this.lab.bootstrapServers(), topic), prefix));
			default -> {
				try (SentOrders orders = new SentOrders(this.lab.client(), topic, BenchLab::order,
						this.lab.messages())) {
					yield AcknowledgedLoad.measure(orders, this.measured);
				}
			}
		};
	}

	/**
	 * With the JVM's options of the lab's services.
	 */
	private BenchProcess start(String name, String classPath, List<String> program, String prefix) {
		List<String> command = new ArrayList<>(List.of(Jvm.executable()));
		command.addAll(Instance.JVM_OPTIONS);
		command.addAll(List.of("-cp", classPath));
		command.addAll(program);
		return new BenchProcess(name, command,
				Map.of("KAFKA_BOOTSTRAP_SERVERS", this.lab.bootstrapServers(), "LAB_PREFIX", prefix), this.lab);
	}

	private Map<String, Double> measure(int port, Supplier<BenchProcess> program) throws InterruptedException {
		try (BenchProcess process = program.get()) {
			this.lab.await(() -> {
				process.requireAlive();
				return Ports.taken(port);
			}, START_TIMEOUT);
			try (PostedOrders orders = new PostedOrders(port, this.lab.messages())) {
				return AcknowledgedLoad.measure(orders, this.measured);
			}
		}
	}

}
