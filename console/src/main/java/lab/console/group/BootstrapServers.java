package lab.console.group;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import lab.console.process.Ports;
import lab.console.process.Ports.Connection;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of {@code --bootstrap-server}, {@code host:port[,host:port...]}.
 */
final class BootstrapServers {

	private static final int MAX_PORT = 65535;

	private BootstrapServers() {
	}

	/**
	 * The first that is not {@code host:port}, the whole if it names no address; empty
	 * where each is one.
	 */
	static Optional<String> malformed(String servers) {
		List<String> named = Arrays.stream(servers.split(",")).filter((server) -> !server.isBlank()).toList();
		return named.isEmpty() ? Optional.of(servers)
				: named.stream().filter((server) -> address(server) == null).findFirst();
	}

	/**
	 * Connects to each, up to the first that accepts the connection; Kafka's client would
	 * go on trying until its timeout.
	 * @return the best of what became of it
	 */
	static Connection connection(String servers) {
		Connection best = Connection.UNKNOWN_HOST;
		for (String server : servers.split(",")) {
			InetSocketAddress address = address(server);
			Connection connection = (address != null) ? Ports.connection(address) : Connection.UNKNOWN_HOST;
			if (connection == Connection.ACCEPTED) {
				return connection;
			}
			best = List.of(best, connection).stream().max(Comparator.naturalOrder()).orElseThrow();
		}
		return best;
	}

	/**
	 * The address, null where it is not {@code host:port}.
	 */
	private static @Nullable InetSocketAddress address(String named) {
		String server = ClientSettings.address(named);
		int colon = server.lastIndexOf(':');
		String port = server.substring(colon + 1).strip();
		String host = server.substring(0, Math.max(colon, 0)).strip().replaceAll("^\\[|]$", "");
		return (host.isEmpty() || !port.matches("\\d{1,5}") || Integer.parseInt(port) < 1
				|| Integer.parseInt(port) > MAX_PORT) ? null : new InetSocketAddress(host, Integer.parseInt(port));
	}

}
