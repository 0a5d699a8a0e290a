package lab.console.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import lab.console.process.Folders;
import lab.console.process.LabHome;
import lab.console.terminal.Messages;

/**
 * A broker on free ports for one purpose, beside whatever else runs; its data goes with
 * it.
 */
public final class OwnBroker implements AutoCloseable {

	private final Instances instances;

	private final Instance broker;

	private final LabHome home;

	private OwnBroker(Instances instances, Instance broker, LabHome home) {
		this.instances = instances;
		this.broker = broker;
		this.home = home;
	}

	/**
	 * Returns when it is ready.
	 * @param home where its data and its log are, and nobody else's
	 * @param settings of Kafka's server that differ from the lab's
	 */
	public static OwnBroker start(LabHome home, Map<String, String> settings, Messages messages)
			throws InterruptedException {
		int port = freePort();
		List<String> arguments = new ArrayList<>(List.of("--lab.kafka.port=" + port,
				"--lab.kafka.controller-port=" + freePort(), "--lab.kafka.metrics-port="));
		settings.forEach((name, value) -> arguments.add("--lab.kafka.server.%s=%s".formatted(name, value)));
		Instance broker = Instance.KAFKA.with(port, arguments);
		OwnBroker own = new OwnBroker(new Instances(home, messages), broker, home);
		if (own.instances.isRunning(broker)) {
			// whoever started it was killed before it could stop it
			own.close();
		}
		own.start();
		return own;
	}

	/**
	 * Starts the broker after {@link #stop}, on the same port and with its data.
	 */
	public void start() throws InterruptedException {
		this.instances.awaitReady(this.broker, this.instances.start(this.broker, Map.of()));
	}

	public String bootstrapServers() {
		return "localhost:" + this.broker.port();
	}

	/**
	 * Stops the broker and keeps its data.
	 */
	public void stop() throws InterruptedException {
		this.instances.stop(this.broker);
	}

	public void restart() throws InterruptedException {
		stop();
		start();
	}

	@Override
	public void close() throws InterruptedException {
		this.instances.stop(this.broker);
		try {
			Folders.delete(this.home.state().resolve("kafka"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
