package lab.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import lombok.RequiredArgsConstructor;
import lombok.extern.slf4j.Slf4j;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.stereotype.Component;

/**
 * Starts and stops Kafka's server with the application, so that Ctrl-C is a clean
 * shutdown and the data is there the next time.
 */
@Slf4j
@Component
@RequiredArgsConstructor
class Broker implements SmartLifecycle {

	private final BrokerProperties properties;

	private @Nullable KafkaRaftServer server;

	@Override
	public void start() {
		try {
			KafkaConfig config = new KafkaConfig(serverProperties(), false);
			formatOnce(config);
			KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
			this.server = server;
			server.startup();
		}
		catch (Exception ex) {
			// Kafka's threads are no daemons: without this a failed start would not end
			stop();
			throw new BrokerStartException(this.properties, ex);
		}
		log.info("Broker on localhost:{}, data in {}", this.properties.port(), dataDir());
	}

	@Override
	public void stop() {
		KafkaRaftServer server = this.server;
		this.server = null;
		if (server != null) {
			server.shutdown();
			server.awaitShutdown();
		}
	}

	@Override
	public boolean isRunning() {
		return this.server != null;
	}

	private Properties serverProperties() throws IOException {
		Properties server = PropertiesLoaderUtils.loadProperties(new ClassPathResource("server.properties"));
		String client = "PLAINTEXT://localhost:" + this.properties.port();
		String controller = "localhost:" + this.properties.controllerPort();
		server.setProperty("listeners", client + ",CONTROLLER://" + controller);
		server.setProperty("advertised.listeners", client);
		server.setProperty("controller.quorum.voters", server.getProperty("node.id") + "@" + controller);
		server.setProperty("log.dirs", dataDir().toString());
		server.putAll(this.properties.server());
		return server;
	}

	/**
	 * What {@code kafka-storage format} does: gives the cluster its id and writes down the
	 * features it starts with.
	 */
	private void formatOnce(KafkaConfig config) throws Exception {
		if (Files.exists(dataDir().resolve("meta.properties"))) {
			return;
		}
		Files.createDirectories(dataDir());
		new Formatter().setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
			.setClusterId(Uuid.randomUuid().toString())
			.setNodeId(config.nodeId())
			.setControllerListenerName("CONTROLLER")
			.setMetadataLogDirectory(dataDir().toString())
			.setDirectories(List.of(dataDir().toString()))
			.run();
	}

	private Path dataDir() {
		return this.properties.dataDir().toAbsolutePath().normalize();
	}

}
