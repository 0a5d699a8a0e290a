package lab.console.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import lab.console.process.Cleanup;
import lab.console.process.Folders;
import lab.console.process.LabHome;
import lab.console.process.Ports;
import lab.console.terminal.Messages;

/**
 * A broker for one purpose, on free ports. Its data is deleted when it is closed.
 */
public final class OwnBroker implements AutoCloseable {

	private static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(1);

	private final Instances instances;

	private final Instance broker;

	private final LabHome home;

	private OwnBroker(Instances instances, Instance broker, LabHome home) {
		this.instances = instances;
		this.broker = broker;
		this.home = home;
	}

	/**
	 * Starts the broker and returns when it is ready.
	 * @param home for its data and its log alone
	 * @param settings of Kafka's server that differ from the lab's
	 */
	public static OwnBroker start(LabHome home, Map<String, String> settings, Messages messages)
			throws InterruptedException {
		OwnBroker own = create(home, settings, messages);
		try {
			own.start();
			return own;
		}
		catch (InterruptedException | RuntimeException ex) {
			own.close();
			throw ex;
		}
	}

	/**
	 * Starts the broker, as {@link #start(LabHome, Map, Messages)} does; the cleanup
	 * stops it, even before it is ready.
	 */
	public static OwnBroker start(LabHome home, Map<String, String> settings, Messages messages, Cleanup cleanup)
			throws InterruptedException {
		OwnBroker own = cleanup.add("kafka", CLOSE_TIMEOUT, create(home, settings, messages));
		own.start();
		return own;
	}

	private static OwnBroker create(LabHome home, Map<String, String> settings, Messages messages) {
		int port = Ports.free();
		List<String> arguments = new ArrayList<>(List.of("--lab.kafka.port=" + port,
				"--lab.kafka.controller-port=" + Ports.free(), "--lab.kafka.metrics-port="));
		settings.forEach((name, value) -> arguments.add("--lab.kafka.server.%s=%s".formatted(name, value)));
		return new OwnBroker(new Instances(home, messages), Instance.KAFKA.with(port, arguments), home);
	}

	/**
	 * Starts the broker, also again after {@link #stop}: on the same port and with its
	 * data.
	 */
	public void start() throws InterruptedException {
		if (this.instances.isRunning(this.broker)) {
			// the command that started it was killed
			this.instances.stop(this.broker);
			deleteData();
		}
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
		this.instances.stopAll((instance) -> {
		});
		deleteData();
	}

	private void deleteData() {
		try {
			Folders.delete(this.home.state().resolve("kafka"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
