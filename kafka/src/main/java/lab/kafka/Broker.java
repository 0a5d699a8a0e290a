package lab.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
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
import org.springframework.util.unit.DataSize;

/**
 * Starts and stops Kafka's server with the application. Ctrl-C shuts it down cleanly, and
 * its data is used again at the next start.
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
			requireFree();
			KafkaConfig config = new KafkaConfig(serverProperties(), false);
			requireSpace();
			formatOnce(config);
			KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
			this.server = server;
			server.startup();
		}
		// InternalError: the disk is full, and Kafka writes to a mapped file
		catch (Exception | InternalError ex) {
			// Kafka's threads are not daemons and would keep the JVM running
			stop();
			throw (ex instanceof BrokerStartException known) ? known
					: new BrokerStartException("The broker did not start: " + ex.getMessage(),
							"If its data in %s is damaged, ./lab reset removes it.".formatted(dataDir()), ex);
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

	/**
	 * Checks that the ports are free and the data folder is usable. Kafka would report
	 * the same with a hundred lines of log.
	 */
	private void requireFree() {
		for (int port : List.of(this.properties.port(), this.properties.controllerPort())) {
			try {
				new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
			}
			catch (IOException ex) {
				throw new BrokerStartException("Port %d on localhost is taken.".formatted(port),
						"Stop what listens there (./lab down stops the lab's own), or choose others with "
								+ "--lab.kafka.port and --lab.kafka.controller-port.",
						ex);
			}
		}
		Path lock = dataDir().resolve(".lock");
		try {
			Files.createDirectories(dataDir());
			try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
				if (channel.tryLock() == null) {
					throw new OverlappingFileLockException();
				}
			}
		}
		catch (OverlappingFileLockException ex) {
			throw new BrokerStartException("Another broker is using the data in %s.".formatted(dataDir()),
					"Stop that broker (./lab down stops the lab's own), or give this one its own folder with "
							+ "--lab.kafka.data-dir.",
					ex);
		}
		catch (IOException ex) {
			throw new BrokerStartException(
					"The broker cannot keep its data in %s: %s".formatted(dataDir(), ex.getMessage()),
					"Make that folder writable, or name another with --lab.kafka.data-dir.", ex);
		}
	}

	/**
	 * Checks that the disk is not full, on which Kafka fails with stack traces that do
	 * not say so.
	 */
	private void requireSpace() {
		// a FileStore cannot be had everywhere, for example in a chroot
		DataSize free = DataSize.ofBytes(dataDir().toFile().getUsableSpace());
		if (free.compareTo(this.properties.minFree()) < 0) {
			throw new BrokerStartException(
					"Only %d MB are free on the disk of %s; the broker needs %d MB.".formatted(free.toMegabytes(),
							dataDir(), this.properties.minFree().toMegabytes()),
					"Free some space (./lab reset removes the lab's own data), or name a folder on another disk with "
							+ "--lab.kafka.data-dir.",
					null);
		}
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
	 * Formats the data folder if it is new, as {@code kafka-storage format} does: writes
	 * the cluster's id and its initial feature levels.
	 */
	private void formatOnce(KafkaConfig config) throws Exception {
		if (Files.exists(dataDir().resolve("meta.properties"))) {
			return;
		}
		Files.createDirectories(dataDir());
		new Formatter().setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
			.setClusterId(
					Objects.requireNonNullElseGet(this.properties.clusterId(), () -> Uuid.randomUuid().toString()))
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
