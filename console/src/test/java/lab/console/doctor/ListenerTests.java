package lab.console.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import lab.console.doctor.Listener.Reachability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ListenerTests {

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:", ":9092", "localhost:kafka", "localhost:0", "localhost:65536" })
	void whatIsNoAddressIsRefused(String server) {
		assertThatIllegalArgumentException().isThrownBy(() -> Listener.of(server));
	}

	@Test
	void readsHostAndPortAlsoOfIpv6() {
		assertThat(Listener.of(" kafka.example:9092")).isEqualTo(new Listener("kafka.example", 9092));
		assertThat(Listener.of("[::1]:9092")).isEqualTo(new Listener("::1", 9092));
	}

	@Test
	void aNameOfNoMachineIsAnUnknownHost() {
		assertThat(new Listener("kafka.invalid", 9092).reachability()).isEqualTo(Reachability.UNKNOWN_HOST);
	}

	@Test
	void aPortOnWhichNobodyListensIsRefused() throws IOException {
		int port;
		try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = gone.getLocalPort();
		}
		assertThat(new Listener("localhost", port).reachability()).isEqualTo(Reachability.REFUSED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 400 Bad Request\r\n\r\n", "", "\0\0\0\10\0\0\0\0\0\0\0\0" })
	void anAnswerThatIsNoBrokersIsNotKafka(String answer) throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread thread = new Thread(() -> answer(server, answer));
			thread.start();
			assertThat(new Listener("localhost", server.getLocalPort()).reachability())
				.isEqualTo(Reachability.NOT_KAFKA);
			thread.join();
		}
	}

	@Test
	void aListenerThatSaysNothingIsNotKafka() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThat(new Listener("localhost", silent.getLocalPort()).reachability())
				.isEqualTo(Reachability.NOT_KAFKA);
		}
	}

	private static void answer(ServerSocket server, String answer) {
		try (Socket client = server.accept()) {
			client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
			client.shutdownOutput();
			client.getInputStream().readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
