package lab.console.doctor;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;

import org.apache.kafka.common.message.ApiVersionsRequestData;
import lab.console.group.ClientSettings;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * An address that a broker may listen on. Kafka's clients read the first four bytes of
 * any answer as a length, and retry when there is none; here each case has a name.
 */
record Listener(String host, int port) {

	/**
	 * How an address answers.
	 */
	enum Reachability {

		/**
		 * No machine has that name.
		 */
		UNKNOWN_HOST,

		/**
		 * The machine is there, and nothing listens on the port.
		 */
		REFUSED,

		/**
		 * No connection in time: a firewall, or a machine that is off.
		 */
		UNREACHABLE,

		/**
		 * Something listens, and does not answer as a broker does.
		 */
		NOT_KAFKA,

		/**
		 * A broker, or a controller, answers.
		 */
		KAFKA

	}

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final short VERSION = 0;

	private static final int CORRELATION_ID = 92;

	private static final int LONGEST_ANSWER = 1 << 20;

	/**
	 * Reads {@code host:port}, with or without the name of a listener before it.
	 * @throws IllegalArgumentException if it is none
	 */
	static Listener of(String named) {
		String server = ClientSettings.address(named);
		int colon = server.lastIndexOf(':');
		if (colon < 1) {
			throw new IllegalArgumentException(server);
		}
		String host = server.substring(0, colon).strip().replaceAll("^\\[|]$", "");
		int port = Integer.parseInt(server.substring(colon + 1).strip());
		if (host.isEmpty() || port < 1 || port > 65535) {
			throw new IllegalArgumentException(server);
		}
		return new Listener(host, port);
	}

	/**
	 * Connects and sends an ApiVersions request, which every broker answers, also before
	 * a client has authenticated.
	 */
	Reachability reachability() {
		return connect(true);
	}

	/**
	 * Connects only, because a TLS listener does not answer plain text.
	 * @return {@link Reachability#KAFKA} where something listens
	 */
	Reachability connection() {
		return connect(false);
	}

	private Reachability connect(boolean ask) {
		Reachability answer = Reachability.UNKNOWN_HOST;
		try {
			for (InetAddress address : InetAddress.getAllByName(this.host)) {
				answer = connect(new InetSocketAddress(address, this.port), ask);
				if (answer == Reachability.KAFKA || answer == Reachability.NOT_KAFKA) {
					break;
				}
			}
		}
		catch (UnknownHostException ex) {
			// UNKNOWN_HOST is returned
		}
		return answer;
	}

	private static Reachability connect(InetSocketAddress address, boolean ask) {
		try (Socket socket = new Socket()) {
			socket.connect(address, (int) TIMEOUT.toMillis());
			socket.setSoTimeout((int) TIMEOUT.toMillis());
			return (!ask || answersAsKafka(socket)) ? Reachability.KAFKA : Reachability.NOT_KAFKA;
		}
		catch (ConnectException ex) {
			return Reachability.REFUSED;
		}
		catch (IOException ex) {
			return Reachability.UNREACHABLE;
		}
	}

	private static boolean answersAsKafka(Socket socket) {
		RequestHeader header = new RequestHeader(ApiKeys.API_VERSIONS, VERSION, "lab doctor", CORRELATION_ID);
		ByteBuffer request = new ApiVersionsRequest(new ApiVersionsRequestData(), VERSION).serializeWithHeader(header);
		try {
			OutputStream out = socket.getOutputStream();
			out.write(ByteBuffer.allocate(Integer.BYTES + request.remaining())
				.putInt(request.remaining())
				.put(request)
				.array());
			out.flush();
			DataInputStream in = new DataInputStream(socket.getInputStream());
			int length = in.readInt();
			return length > Integer.BYTES && length < LONGEST_ANSWER && in.readInt() == CORRELATION_ID;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public String toString() {
		return this.host + ":" + this.port;
	}

}
