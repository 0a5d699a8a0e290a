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
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * An address that may or may not lead to a broker. Kafka's clients take the first four
 * bytes of whatever answers for a length, and go on trying when nothing does; here each
 * case has its name.
 */
record Listener(String host, int port) {

	/**
	 * What became of a connection to the address.
	 */
	enum State {

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

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final short VERSION = 0;

	private static final int CORRELATION_ID = 92;

	private static final int LONGEST_ANSWER = 1 << 20;

	/**
	 * Reads {@code host:port}.
	 * @throws IllegalArgumentException if it is none
	 */
	static Listener of(String server) {
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
	 * Connects, and asks what every broker tells everybody, also before they log in:
	 * which requests it knows.
	 */
	State state() {
		return connect(true);
	}

	/**
	 * Connects only: what is behind TLS cannot be asked in plain text.
	 * @return {@link State#KAFKA} where something listens
	 */
	State connection() {
		return connect(false);
	}

	private State connect(boolean ask) {
		State state = State.UNKNOWN_HOST;
		try {
			for (InetAddress address : InetAddress.getAllByName(this.host)) {
				state = connect(new InetSocketAddress(address, this.port), ask);
				if (state == State.KAFKA || state == State.NOT_KAFKA) {
					break;
				}
			}
		}
		catch (UnknownHostException ex) {
			// the state says so
		}
		return state;
	}

	private static State connect(InetSocketAddress address, boolean ask) {
		try (Socket socket = new Socket()) {
			socket.connect(address, (int) PATIENCE.toMillis());
			socket.setSoTimeout((int) PATIENCE.toMillis());
			return (!ask || answersAsKafka(socket)) ? State.KAFKA : State.NOT_KAFKA;
		}
		catch (ConnectException ex) {
			return State.REFUSED;
		}
		catch (IOException ex) {
			return State.UNREACHABLE;
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
