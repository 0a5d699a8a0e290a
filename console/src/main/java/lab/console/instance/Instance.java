package lab.console.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One process of the lab, by its name: {@code kafka}, or {@code kafka1} to {@code kafka3}
 * where three brokers are one cluster, {@code order}, {@code product1}, {@code product2}
 * and any further {@code productN}, which is product1's program under another name and
 * port.
 *
 * @param name also its client.id in the group
 * @param port where it listens, on loopback
 * @param jar what is run, from the root of the lab
 * @param arguments what differs from the jar's own settings
 * @param ready what its log says when it is ready
 */
record Instance(String name, int port, String jar, List<String> arguments, String ready) {

	static final Instance KAFKA = broker("kafka", 9092, List.of());

	/**
	 * The smallest cluster that can do without one of its brokers.
	 */
	static final List<Instance> CLUSTER = List.of(clusterBroker("kafka1", 9092), clusterBroker("kafka2", 9192),
			clusterBroker("kafka3", 9292));

	static final Instance ORDER = new Instance("order", 8081, "order/target/order.jar", List.of(),
			"Started OrderApplication");

	private static final Pattern PRODUCT = Pattern.compile("product([1-9][0-9]?)");

	/**
	 * The instance of that name, where the lab has one.
	 */
	static Optional<Instance> named(String name) {
		Matcher product = PRODUCT.matcher(name);
		return product.matches() ? Optional.of(product(Integer.parseInt(product.group(1))))
				: Stream.concat(Stream.of(KAFKA, ORDER), CLUSTER.stream())
					.filter((instance) -> instance.name().equals(name))
					.findFirst();
	}

	private static Instance broker(String name, int port, List<String> arguments) {
		return new Instance(name, port, "kafka/target/kafka.jar", arguments, "Started KafkaApplication");
	}

	private static Instance clusterBroker(String name, int port) {
		return broker(name, port, List.of("--spring.profiles.active=" + name));
	}

	static Instance product(int number) {
		String name = "product" + number;
		int port = ORDER.port() + number;
		if (number <= 2) {
			return new Instance(name, port, "%s/target/%s.jar".formatted(name, name), List.of(),
					"Started ProductApplication");
		}
		return new Instance(name, port, "product1/target/product1.jar",
				List.of("--spring.application.name=" + name, "--server.port=" + port), "Started ProductApplication");
	}

	boolean isProduct() {
		return PRODUCT.matcher(this.name).matches();
	}

	boolean isBroker() {
		return this.jar.equals(KAFKA.jar);
	}

	/**
	 * Quick to start and small, which is what matters with four JVMs on a laptop; peak
	 * speed is not.
	 */
	List<String> command(String java, String home) {
		List<String> command = new ArrayList<>(
				List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-Dfile.encoding=UTF-8",
						"-Dstdout.encoding=UTF-8", "-Dsun.stdout.encoding=UTF-8", "-jar", home + "/" + this.jar));
		command.addAll(this.arguments);
		return command;
	}

}
