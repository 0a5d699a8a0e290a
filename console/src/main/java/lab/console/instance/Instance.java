package lab.console.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import lab.console.process.LabHome;
import lab.console.process.Ports;

/**
 * One program that the lab can run: the broker {@code kafka}, or the brokers
 * {@code kafka1} to {@code kafka3} of one cluster; {@code order}; {@code product1},
 * {@code product2} and any further {@code productN}, which is product1's program under
 * another name and port.
 *
 * @param name also the client.id of a product in its group
 * @param port where it listens, on loopback
 * @param program the module to run
 * @param arguments settings that differ from the program's own
 */
public record Instance(String name, int port, Program program, List<String> arguments) {

	public static final Instance KAFKA = broker("kafka", 9092, List.of());

	/**
	 * The smallest cluster that works without one of its brokers.
	 */
	public static final List<Instance> CLUSTER = List.of(clusterBroker("kafka1", 9092), clusterBroker("kafka2", 9192),
			clusterBroker("kafka3", 9292));

	public static final Instance ORDER = new Instance("order", 8081, Program.ORDER, List.of());

	/**
	 * Options of the JVM that make it start fast and stay small, at the cost of peak
	 * speed, because four run on a laptop. With a small initial heap, the JVM collects
	 * garbage before it has touched much memory. Without memory it ends: one that stays
	 * would listen on its port and answer nobody.
	 */
	public static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms32m",
			"-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8",
			"-Dsun.stdout.encoding=UTF-8");

	private static final String SERVER_PORT = "--server.port=";

	private static final Pattern PRODUCT = Pattern.compile("product([1-9][0-9]?)");

	/**
	 * The instance of that name, if the lab has one.
	 */
	public static Optional<Instance> named(String name) {
		Matcher product = PRODUCT.matcher(name);
		return product.matches() ? Optional.of(product(Integer.parseInt(product.group(1))))
				: Stream.concat(Stream.of(KAFKA, ORDER), CLUSTER.stream())
					.filter((instance) -> instance.name().equals(name))
					.findFirst();
	}

	private static Instance broker(String name, int port, List<String> arguments) {
		return new Instance(name, port, Program.KAFKA, arguments);
	}

	private static Instance clusterBroker(String name, int port) {
		return broker(name, port, List.of("--spring.profiles.active=" + name));
	}

	static Instance product(int number) {
		String name = "product" + number;
		int port = ORDER.port() + number;
		if (number <= 2) {
			return new Instance(name, port, (number == 1) ? Program.PRODUCT1 : Program.PRODUCT2, List.of());
		}
		return new Instance(name, port, Program.PRODUCT1,
				List.of("--spring.application.name=" + name, SERVER_PORT + port));
	}

	/**
	 * The same name and program with another port and other arguments.
	 */
	public Instance with(int port, List<String> arguments) {
		return new Instance(this.name, port, this.program, arguments);
	}

	/**
	 * The same name and program on a port that is free now, with further arguments.
	 */
	public Instance onFreePort(List<String> further) {
		int free = Ports.free();
		List<String> own = new ArrayList<>(this.arguments);
		// product3 and those after it have their port as an argument
		own.removeIf((argument) -> argument.startsWith(SERVER_PORT));
		own.add(SERVER_PORT + free);
		own.addAll(further);
		return with(free, own);
	}

	public boolean isProduct() {
		return PRODUCT.matcher(this.name).matches();
	}

	public boolean isBroker() {
		return this.program == Program.KAFKA;
	}

	/**
	 * The text that its log contains when it is ready.
	 */
	String ready() {
		return "Started " + this.program.mainClass.replaceFirst(".*\\.", "");
	}

	/**
	 * The command that runs it. {@code java -jar} with a jar of jars would take nearly
	 * twice as long to start as this class path.
	 * @param options further options of the JVM
	 */
	List<String> command(String java, LabHome home, List<String> options) {
		List<String> command = new ArrayList<>(List.of(java));
		command.addAll(JVM_OPTIONS);
		command.addAll(options);
		command.addAll(
				List.of("-cp", home.classPath(this.program.module, this.program.libraries), this.program.mainClass));
		command.addAll(this.arguments);
		return command;
	}

	/**
	 * A module of the lab that can be started.
	 */
	enum Program {

		KAFKA("kafka", "kafka", "lab.kafka.KafkaApplication"),

		ORDER("order", "order", "lab.order.OrderApplication"),

		PRODUCT1("product1", "product1", "lab.product.ProductApplication"),

		PRODUCT2("product2", "product1", "lab.product.ProductApplication");

		private final String module;

		/**
		 * The module whose libraries it runs with: the two products share a class
		 * archive, which needs the same libraries in the same order.
		 */
		private final String libraries;

		private final String mainClass;

		Program(String module, String libraries, String mainClass) {
			this.module = module;
			this.libraries = libraries;
			this.mainClass = mainClass;
		}

		String libraries() {
			return this.libraries;
		}

	}

}
