package lab.console.chaos.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import lab.console.chaos.fault.NetworkPhase;
import lab.console.chaos.ledger.HistoryLine.NetworkFault;
import lab.console.terminal.EnumOption;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on loopback before the broker, which can break the connections. Each
 * connection has two threads. Thread-safe.
 */
final class BrokerProxy implements AutoCloseable {

	private static final int BUFFER = 16 * 1024;

	/**
	 * So late is each piece of a connection that is slow.
	 */
	private static final Duration DELAY = Duration.ofMillis(200);

	private static final Duration RESET_INTERVAL = Duration.ofMillis(500);

	private final int target;

	private final ServerSocket server;

	private final Set<Proxied> connections = ConcurrentHashMap.newKeySet();

	private @Nullable NetworkPhase phase;

	private int broken;

	private long bytes;

	/**
	 * Listens on a free port.
	 * @param target the broker's port
	 */
	BrokerProxy(int target) {
		this.target = target;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("proxy", this::accept);
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	int port() {
		return this.server.getLocalPort();
	}

	int target() {
		return this.target;
	}

	/**
	 * Breaks the connections, until {@link #end}.
	 */
	synchronized void begin(NetworkPhase phase) {
		this.phase = phase;
		this.broken = 0;
		this.bytes = 0;
		if (phase == NetworkPhase.CUT) {
			this.connections.forEach((connection) -> connection.breakOff(false));
		}
		else if (phase == NetworkPhase.RESET) {
			start("proxy-reset", this::resetAgainAndAgain);
		}
	}

	/**
	 * Holds the lock while it resets: a connection made after {@link #end} is let be.
	 */
	private synchronized void resetAgainAndAgain() {
		try {
			while (this.phase == NetworkPhase.RESET) {
				this.connections.forEach((connection) -> connection.breakOff(true));
				wait(RESET_INTERVAL.toMillis());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private synchronized boolean isIn(NetworkPhase phase) {
		return this.phase == phase;
	}

	/**
	 * How many bytes were held back or lost since {@link #begin}.
	 */
	synchronized long bytes() {
		return this.bytes;
	}

	/**
	 * Lets the connections be, and closes those of which something was lost.
	 * @return what was done
	 */
	NetworkFault end() {
		NetworkFault fault;
		synchronized (this) {
			if (this.phase == null) {
				throw new IllegalStateException("no phase has begun");
			}
			fault = new NetworkFault(EnumOption.name(this.phase), this.broken, this.bytes);
			this.phase = null;
			notifyAll();
		}
		this.connections.stream().filter((connection) -> connection.lossy).forEach(Proxied::close);
		return fault;
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				connect(this.server.accept());
			}
			catch (IOException ex) {
				// closed, or the client has gone
			}
		}
	}

	private void connect(Socket client) throws IOException {
		try {
			add(new Proxied(client, new Socket(InetAddress.getLoopbackAddress(), this.target)));
		}
		catch (IOException ex) {
			// the broker is away
			client.close();
		}
	}

	private synchronized void add(Proxied connection) {
		if (this.phase == NetworkPhase.CUT) {
			connection.breakOff(false);
		}
		else {
			this.connections.add(connection);
			connection.start();
		}
	}

	private synchronized void count(int broken, long bytes) {
		this.broken += broken;
		this.bytes += bytes;
	}

	/**
	 * Waits until bytes may be passed on.
	 * @param answer whether they are from the broker
	 * @return whether they are; else they are lost
	 */
	private boolean admit(int length, boolean answer) throws InterruptedException {
		synchronized (this) {
			if (this.phase == NetworkPhase.ANSWERS_LOST && answer) {
				count(0, length);
				return false;
			}
			if (this.phase == NetworkPhase.HALF_OPEN) {
				count(0, length);
				while (this.phase == NetworkPhase.HALF_OPEN) {
					wait();
				}
				return true;
			}
			if (this.phase != NetworkPhase.SLOW) {
				return true;
			}
			count(0, length);
		}
		TimeUnit.MILLISECONDS.sleep(DELAY.toMillis());
		return true;
	}

	/**
	 * A connection of a service, and the one to the broker that continues it.
	 */
	private final class Proxied {

		private final Socket client;

		private final Socket broker;

		private volatile boolean lossy;

		private Proxied(Socket client, Socket broker) throws IOException {
			this.client = client;
			this.broker = broker;
			client.setTcpNoDelay(true);
			broker.setTcpNoDelay(true);
		}

		private void start() {
			BrokerProxy.start("proxy-requests", () -> pass(this.client, this.broker, false));
			BrokerProxy.start("proxy-answers", () -> pass(this.broker, this.client, true));
		}

		private void pass(Socket from, Socket to, boolean answers) {
			byte[] buffer = new byte[BUFFER];
			try {
				InputStream in = from.getInputStream();
				OutputStream out = to.getOutputStream();
				for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
					if (admit(length, answers)) {
						out.write(buffer, 0, length);
					}
					else {
						this.lossy = true;
						if (!isIn(NetworkPhase.ANSWERS_LOST)) {
							// the phase has just ended
							break;
						}
					}
				}
			}
			catch (IOException ex) {
				// one side has closed it
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			close();
		}

		private void breakOff(boolean reset) {
			try {
				if (reset) {
					this.client.setSoLinger(true, 0);
					this.broker.setSoLinger(true, 0);
				}
			}
			catch (IOException ex) {
				// closed already
			}
			count(1, 0);
			close();
		}

		private void close() {
			BrokerProxy.this.connections.remove(this);
			for (Socket socket : List.of(this.client, this.broker)) {
				try {
					socket.close();
				}
				catch (IOException ex) {
					// it is closed all the same
				}
			}
		}

	}

	@Override
	public void close() throws IOException {
		this.server.close();
		synchronized (this) {
			this.phase = null;
			notifyAll();
		}
		this.connections.forEach(Proxied::close);
	}

}
