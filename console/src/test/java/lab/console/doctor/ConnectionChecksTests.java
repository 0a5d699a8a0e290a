package lab.console.doctor;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

import lab.console.fault.TestLab;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionChecksTests {

	@ParameterizedTest
	@EnumSource
	void aPortOnWhichNobodyListensIsAConnectionRefused(Language language) throws IOException {
		String server = "localhost:" + TestLab.freePort();
		Finding check = check(language, server, true);
		assertThat(check.diagnosis()).isEqualTo("refused");
		assertThat(check.required()).isTrue();
		assertThat(check.seen()).contains(server).contains("connection refused");
		assertThat(check.remedy()).contains("./lab up");
	}

	@Test
	void aLabThatIsNotStartedYetIsAHint() throws IOException {
		Finding check = check(Language.EN, "localhost:" + TestLab.freePort(), false);
		assertThat(check.ok()).isFalse();
		assertThat(check.required()).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void somethingElseThatListensIsNotKafka(Language language) throws IOException {
		try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			Finding check = check(language, "localhost:" + other.getLocalPort(), false);
			assertThat(check.diagnosis()).isEqualTo("not-kafka");
			assertThat(check.required()).isTrue();
			assertThat(check.seen()).contains("not Kafka");
		}
	}

	/**
	 * As a listener for SASL does that is asked in plain text: it tells its versions and
	 * ends the connection after that.
	 */
	@Test
	void aBrokerThatWantsALoginIsKafka() throws Exception {
		try (AnsweringOnce broker = new AnsweringOnce(true)) {
			Finding check = check(Language.EN, broker.address(), true);
			assertThat(check.diagnosis()).isEqualTo("wants-login");
			assertThat(check.remedy()).contains("sasl.mechanism");
		}
	}

	@Test
	void aBrokerThatDoesNotAnswerInTimeIsKafka() throws Exception {
		try (AnsweringOnce broker = new AnsweringOnce(false)) {
			Finding check = check(Language.EN, "PLAINTEXT://" + broker.address(), true);
			assertThat(check.diagnosis()).isEqualTo("slow");
			assertThat(check.seen()).contains("is a Kafka broker");
		}
	}

	/**
	 * Answers the first request as a broker does, and no other.
	 */
	private static final class AnsweringOnce implements AutoCloseable {

		private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));

		private final boolean close;

		private final List<Socket> open = new CopyOnWriteArrayList<>();

		AnsweringOnce(boolean close) throws IOException {
			this.close = close;
			Thread thread = new Thread(this::answer, "answering once");
			thread.setDaemon(true);
			thread.start();
		}

		String address() {
			return "127.0.0.1:" + this.server.getLocalPort();
		}

		private void answer() {
			try {
				boolean first = true;
				while (true) {
					Socket client = this.server.accept();
					this.open.add(client);
					DataInputStream in = new DataInputStream(client.getInputStream());
					byte[] request = new byte[in.readInt()];
					in.readFully(request);
					if (first) {
						// the size, the correlation id and no error
						new DataOutputStream(client.getOutputStream())
							.write(ByteBuffer.allocate(10).putInt(6).put(request, 4, 4).putShort((short) 0).array());
					}
					else if (this.close) {
						client.close();
					}
					first = false;
				}
			}
			catch (IOException ex) {
				// closed
			}
		}

		@Override
		public void close() throws IOException {
			this.server.close();
			for (Socket client : this.open) {
				client.close();
			}
		}

	}

	@ParameterizedTest
	@EnumSource
	void aNameOfNoMachineIsAnUnknownHost(Language language) {
		assertThat(check(language, "kafka.invalid:9092", true).seen()).contains("unknown host");
	}

	@Test
	void whatIsNoAddressIsSaidToBeNone() {
		assertThat(check(Language.EN, "localhost", true).diagnosis()).isEqualTo("malformed");
	}

	@Test
	void eachServerThatDoesNotAnswerHasItsOwnLine() throws IOException {
		assertThat(checks(Language.EN, "kafka.invalid:9092,localhost:" + TestLab.freePort(), true))
			.extracting(Finding::diagnosis)
			.containsExactly("unknown-host", "refused");
	}

	private static Finding check(Language language, String server, boolean required) {
		List<Finding> checks = checks(language, server, required);
		assertThat(checks).hasSize(1);
		return checks.get(0);
	}

	private static List<Finding> checks(Language language, String servers, boolean required) {
		return new ConnectionChecks(Messages.in(language), servers, new Properties(), required).run();
	}

}
