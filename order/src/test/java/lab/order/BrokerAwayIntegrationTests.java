package lab.order;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import lombok.RequiredArgsConstructor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The service keeps running while its broker is unreachable at the start, starts, gets a
 * second partition, and stops.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@DirtiesContext
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@RequiredArgsConstructor
class BrokerAwayIntegrationTests {

	private static final ForwardedPort bootstrap = new ForwardedPort();

	private final RestTestClient http;

	@DynamicPropertySource
	static void bootstrapServers(DynamicPropertyRegistry registry) {
		registry.add("spring.kafka.bootstrap-servers", () -> "localhost:" + bootstrap.port());
	}

	@AfterAll
	static void closePort() throws IOException {
		bootstrap.close();
	}

	@Test
	void ordersAreRefusedWhileTheBrokerIsAwayAndTakenWhenItIsThere() throws Exception {
		assertThat(refusal()).startsWith("The order was not recorded");
		assertThat(statusOf("/actuator/health")).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(statusOf("/actuator/health/readiness")).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(statusOf("/actuator/health/liveness")).isEqualTo(HttpStatus.OK);

		EmbeddedKafkaBroker kafka = new EmbeddedKafkaKraftBroker(1, 1).brokerProperty("auto.create.topics.enable",
				"false");
		try {
			kafka.afterPropertiesSet();
			bootstrap.forwardTo(kafka.getBrokersAsString());
			eventually("health when the broker is there",
					() -> assertThat(statusOf("/actuator/health")).isEqualTo(HttpStatus.OK));
			assertThat(placed().partition()).isZero();

			try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.getBrokersAsString()))) {
				assertThat(partitions(admin)).as("partitions of the topic that the service made").isOne();
				admin.createPartitions(Map.of("topic_example", NewPartitions.increaseTo(2))).all().get();
			}
			eventually("partition of an order after the scale-out", () -> assertThat(placed().partition()).isOne());
		}
		finally {
			kafka.destroy();
		}
		eventually("answer when the broker is gone", () -> assertThat(refusal()).isEqualTo(
				"The order was not recorded: Kafka at localhost:%d is not reachable.".formatted(bootstrap.port())));
	}

	private static void eventually(String state, ThrowingRunnable assertion) {
		await(state).atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
	}

	private PlacedOrder placed() {
		return body(post(PlacedOrder.class, HttpStatus.CREATED));
	}

	private String refusal() {
		EntityExchangeResult<ProblemDetail> answer = post(ProblemDetail.class, HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
		return String.valueOf(body(answer).getDetail());
	}

	private <T> EntityExchangeResult<T> post(Class<T> type, HttpStatus expected) {
		return this.http.post()
			.uri("/orders")
			.body(new PlaceOrder("1st-Order", null))
			.exchange()
			.expectStatus()
			.isEqualTo(expected)
			.expectBody(type)
			.returnResult();
	}

	private static <T> T body(EntityExchangeResult<T> answer) {
		return Objects.requireNonNull(answer.getResponseBody());
	}

	private HttpStatusCode statusOf(String path) {
		return this.http.get().uri(path).exchange().returnResult().getStatus();
	}

	private static int partitions(Admin admin) throws ExecutionException, InterruptedException {
		return admin.describeTopics(List.of("topic_example"))
			.allTopicNames()
			.get()
			.get("topic_example")
			.partitions()
			.size();
	}

	/**
	 * A port whose number is known before the broker is started, which chooses its own.
	 * Nobody listens on it until {@link #forwardTo(String)}, which forwards it to the
	 * broker. Clients use it for their first connection only.
	 */
	private static final class ForwardedPort {

		private final InetSocketAddress address;

		private @Nullable ServerSocket listening;

		ForwardedPort() {
			try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
				this.address = new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		int port() {
			return this.address.getPort();
		}

		void forwardTo(String broker) throws IOException {
			ServerSocket listening = new ServerSocket();
			listening.bind(this.address);
			this.listening = listening;
			String port = broker.substring(broker.lastIndexOf(':') + 1);
			daemon(() -> {
				while (true) {
					Socket client = listening.accept();
					Socket server = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
					daemon(() -> pipe(client, server));
					daemon(() -> pipe(server, client));
				}
			});
		}

		void close() throws IOException {
			if (this.listening != null) {
				this.listening.close();
			}
		}

		private static long pipe(Socket from, Socket to) throws IOException {
			try (from; to) {
				return from.getInputStream().transferTo(to.getOutputStream());
			}
		}

		private static void daemon(Callable<?> task) {
			Thread thread = new Thread(new FutureTask<>(task));
			thread.setDaemon(true);
			thread.start();
		}

	}

}
