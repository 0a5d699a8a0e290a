package lab.console.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * Asks whether something listens on a port of loopback.
 */
public final class Ports {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private Ports() {
	}

	public static boolean taken(int port) {
		return answers(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
	}

	public static boolean answers(InetSocketAddress address) {
		try (Socket socket = new Socket()) {
			socket.connect(address, (int) PATIENCE.toMillis());
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
