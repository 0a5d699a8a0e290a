package lab.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

/**
 * The three brokers without Docker have the same settings as the three in containers.
 */
class ThreeBrokersTests {

	/**
	 * Names the brokers' addresses, which differ in containers.
	 */
	private static final String VOTERS = "controller.quorum.voters";

	@Test
	void areTunedAlikeWithAndWithoutDocker() throws IOException {
		Map<String, String> docker = new TreeMap<>(environment("kafka1"));
		docker.keySet().removeIf((name) -> name.matches(".*(listener|log.dirs|cluster_id).*") || name.equals(VOTERS));
		Map<String, String> embedded = new TreeMap<>(properties("kafka1").server());
		embedded.remove(VOTERS);
		assertThat(embedded).isEqualTo(docker);
	}

	@ParameterizedTest
	@ValueSource(strings = { "kafka1", "kafka2", "kafka3" })
	void haveTheSameClusterIdAndNodeIdWithAndWithoutDocker(String name) throws IOException {
		BrokerProperties properties = properties(name);
		assertThat(environment(name)).containsEntry("cluster_id", properties.clusterId())
			.containsEntry("node.id", properties.server().get("node.id"));
		assertThat(environment(name).get("advertised.listeners"))
			.startsWith("PLAINTEXT://localhost:%d,".formatted(properties.port()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "kafka1", "kafka2", "kafka3" })
	void eachIsAVoterOfTheQuorum(String name) {
		BrokerProperties properties = properties(name);
		assertThat(properties.server().get(VOTERS).split(","))
			.contains("%s@localhost:%d".formatted(properties.server().get("node.id"), properties.controllerPort()));
		assertThat(properties.dataDir()).hasFileName("kafka-" + properties.server().get("node.id"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "kafka1", "kafka2", "kafka3" })
	void showTheirMetricsWherePrometheusLooks(String name) throws IOException {
		Integer port = properties(name).metricsPort();
		assertThat(compose(name, "ports")).asInstanceOf(LIST).contains("127.0.0.1:%d:9404".formatted(port));
		assertThat(Path.of("monitoring/prometheus.yml")).content().contains("\"localhost:%d\"".formatted(port));
	}

	private static BrokerProperties properties(String profile) {
		BrokerProperties[] bound = new BrokerProperties[1];
		new ApplicationContextRunner().withInitializer(new ConfigDataApplicationContextInitializer())
			.withPropertyValues("spring.profiles.active=" + profile)
			.withUserConfiguration(Bound.class)
			.run((context) -> bound[0] = context.getBean(BrokerProperties.class));
		return bound[0];
	}

	/**
	 * The container's settings, by their names in server.properties.
	 */
	private static Map<String, String> environment(String service) throws IOException {
		Map<?, ?> environment = (Map<?, ?>) compose(service, "environment");
		return environment.entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> setting(entry.getKey().toString()),
					(entry) -> entry.getValue().toString()));
	}

	private static Object compose(String service, String key) throws IOException {
		Map<String, Map<String, Map<String, Object>>> compose = new Yaml()
			.load(Files.readString(Path.of("docker-compose.brokers.yml")));
		return compose.get("services").get(service).get(key);
	}

	private static String setting(String variable) {
		String name = variable.toLowerCase(Locale.ROOT);
		return name.startsWith("kafka_") ? name.substring("kafka_".length()).replace('_', '.') : name;
	}

	@EnableConfigurationProperties(BrokerProperties.class)
	static class Bound {

	}

}
