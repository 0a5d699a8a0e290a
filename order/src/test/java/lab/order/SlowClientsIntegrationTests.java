package lab.order;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import lombok.RequiredArgsConstructor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;

/**
 * Clients that send their bodies slowly do not keep others out: there are more of them
 * than the web server has threads. Needs no broker.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "server.tomcat.threads.max=10", "lab.order.body-timeout=1s" })
@AutoConfigureRestTestClient
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@RequiredArgsConstructor
class SlowClientsIntegrationTests {

	private static final int CLIENTS = 50;

	private static final byte[] START = ("POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
			+ "Content-Length: 19\r\n\r\n{")
		.getBytes(StandardCharsets.US_ASCII);

	private final RestTestClient http;

	private final List<Socket> slow = new ArrayList<>();

	@MockitoBean
	private Orders orders;

	@LocalServerPort
	private int port;

	@BeforeEach
	void sendTheStartsOfBodies() throws IOException {
		given(this.orders.place(any())).willReturn(CompletableFuture
			.completedFuture(new PlacedOrder(UUID.randomUUID(), null, "topic_example", 0, 0, Instant.EPOCH)));
		for (int client = 0; client < CLIENTS; client++) {
			Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
			this.slow.add(socket);
			socket.getOutputStream().write(START);
		}
	}

	@AfterEach
	void closeConnections() throws IOException {
		for (Socket socket : this.slow) {
			socket.close();
		}
	}

	@Test
	void othersAreServedMeanwhile() {
		this.http.post().uri("/orders").body(new PlaceOrder("1st-Order", null)).exchange().expectStatus().isCreated();
		assertThat(this.slow).as("slow clients, all still connected").allSatisfy((socket) -> write(socket, ' '));
	}

	@Test
	void whoTakesTooLongIsDisconnected() {
		await("end of all connections that get a byte now and then").atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.slow).noneMatch((socket) -> takes(socket)));
	}

	@Test
	void aBodyInPiecesIsRead() throws IOException {
		Socket client = this.slow.get(0);
		write(client, "\"message\":");
		write(client, "\"a b c\"}");
		client.setSoTimeout(10_000);
		byte[] answer = new byte[12];
		assertThat(client.getInputStream().readNBytes(answer, 0, answer.length)).isEqualTo(answer.length);
		assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 201");
	}

	private static boolean takes(Socket socket) {
		try {
			write(socket, " ");
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void write(Socket socket, char text) throws IOException {
		write(socket, String.valueOf(text));
	}

	private static void write(Socket socket, String text) throws IOException {
		OutputStream output = socket.getOutputStream();
		output.write(text.getBytes(StandardCharsets.US_ASCII));
	}

}
