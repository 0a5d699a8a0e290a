package lab.console.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Tells whether something listens on a port, and which ports the lab needs; finds a free
 * one.
 */
public final class Ports {

	/**
	 * The lab's fixed ports, each with the name of the instance that listens there.
	 */
	public static final Map<Integer, String> OF_THE_LAB = new TreeMap<>(Map.of(8081, "order", 8082, "product1", 8083,
			"product2", 9092, "kafka", 9093, "kafka", 9192, "kafka2", 9193, "kafka2", 9292, "kafka3", 9293, "kafka3"));

	/**
	 * What became of an attempt to connect.
	 */
	public enum Connection {

		/**
		 * No machine has that name.
		 */
		UNKNOWN_HOST,

		/**
		 * Nothing listens there.
		 */
		REFUSED,

		/**
		 * No answer in time, as of a machine that is off, a firewall, or a process that
		 * accepts no more connections because it is paused.
		 */
		TIMED_OUT,

		/**
		 * Something listens there.
		 */
		ACCEPTED

	}

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private Ports() {
	}

	/**
	 * Whether something listens on that port of this machine's loopback, by IPv4 or IPv6.
	 */
	public static boolean taken(int port) {
		try {
			return Stream.of(InetAddress.getAllByName("localhost"))
				.anyMatch((address) -> answers(new InetSocketAddress(address, port)));
		}
		catch (UnknownHostException ex) {
			return answers(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		}
	}

	/**
	 * Returns a port of loopback that nothing listens on now.
	 */
	public static int free() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static boolean answers(InetSocketAddress address) {
		return connection(address) == Connection.ACCEPTED;
	}

	/**
	 * Connects, for one second at most.
	 */
	public static Connection connection(InetSocketAddress address) {
		if (address.isUnresolved()) {
			return Connection.UNKNOWN_HOST;
		}
		try (Socket socket = new Socket()) {
			socket.connect(address, (int) TIMEOUT.toMillis());
			return Connection.ACCEPTED;
		}
		catch (SocketTimeoutException ex) {
			return Connection.TIMED_OUT;
		}
		catch (IOException ex) {
			return Connection.REFUSED;
		}
	}

}
