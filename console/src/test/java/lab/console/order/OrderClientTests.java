package lab.console.order;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import lab.console.terminal.AwayException;
import lab.console.terminal.LabException;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When an order is sent again, with a service that answers what each test tells it.
 */
@Timeout(60)
class OrderClientTests {

	/** The connection ends without an answer. */
	private static final Answer BROKEN = new Answer(0, false, "");

	private static final Answer UNSURE = new Answer(503, false, "{\"detail\":\"Order 1 may or may not be there.\"}");

	private static final Answer NOT_RECORDED = new Answer(503, true, "{\"detail\":\"It was not recorded.\"}");

	private static final Answer IN_FLIGHT = new Answer(409, true, "{\"detail\":\"It still waits for Kafka.\"}");

	private static final Answer REFUSED = new Answer(400, false, "{\"detail\":\"message must not be blank.\"}");

	private static final Answer PLACED = new Answer(201, false, "{\"partition\":1,\"offset\":12}");

	private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());

	private final List<String> keys = Collections.synchronizedList(new ArrayList<>());

	private final List<String> said = new ArrayList<>();

	private HttpServer service;

	@BeforeEach
	void startService() throws IOException {
		this.service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.service.createContext("/orders", this::answer);
		this.service.start();
	}

	@AfterEach
	void stopService() {
		this.service.stop(0);
	}

	@Test
	void eachOrderHasAKeyOfItsOwn() throws InterruptedException {
		place(PLACED);
		place(PLACED);
		assertThat(this.keys).hasSize(2)
			.doesNotHaveDuplicates()
			.allMatch((key) -> key.matches("\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\""));
		assertThat(this.said).isEmpty();
	}

	@Test
	void anOrderThatMayHaveBeenRecordedIsSentAgainWithItsKey() throws InterruptedException {
		place(UNSURE, PLACED);
		assertThat(this.keys).hasSize(2).containsOnly(this.keys.get(0));
		assertThat(this.said).containsExactly("sending the order again with the same Idempotency-Key, 1 of 3: "
				+ "the order service answered 503: Order 1 may or may not be there.");
	}

	@Test
	void anOrderWhoseConnectionBrokeIsSentAgainUntilItsOutcomeIsKnown() throws InterruptedException {
		place(BROKEN, IN_FLIGHT, NOT_RECORDED, PLACED);
		assertThat(this.keys).hasSize(4).containsOnly(this.keys.get(0));
		assertThat(this.said).hasSize(3);
	}

	/**
	 * As after a start, until the service is connected to the broker.
	 */
	@Test
	void anOrderThatTheServiceAsksForLaterIsSentAgain() throws InterruptedException {
		place(NOT_RECORDED, NOT_RECORDED, PLACED);
		assertThat(this.keys).hasSize(3).containsOnly(this.keys.get(0));
		assertThat(this.said).hasSize(2);
	}

	@Test
	void anOrderThatWasNotRecordedIsSentFourTimesAtMost() {
		assertThatExceptionOfType(AwayException.class)
			.isThrownBy(() -> place(NOT_RECORDED, NOT_RECORDED, NOT_RECORDED, NOT_RECORDED))
			.withMessage("the order service answered 503: It was not recorded.");
		assertThat(this.keys).hasSize(OrderClient.ATTEMPTS);
	}

	@Test
	void anOrderIsNotSentAgainWhereNoServiceIs() {
		this.service.stop(0);
		assertThatExceptionOfType(AwayException.class).isThrownBy(() -> place(PLACED))
			.withMessageContaining("./lab up");
		assertThat(this.said).isEmpty();
	}

	@Test
	void anOrderThatIsRefusedIsNotSentAgain() {
		assertThatExceptionOfType(LabException.class).isThrownBy(() -> place(REFUSED))
			.isNotInstanceOf(AwayException.class)
			.withMessage("the order service answered 400: message must not be blank.");
		assertThat(this.keys).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void anOrderIsSentFourTimesAtMost(Language language) {
		assertThatExceptionOfType(AwayException.class)
			.isThrownBy(() -> place(language, BROKEN, UNSURE, NOT_RECORDED, NOT_RECORDED))
			.withMessageContaining(this.keys.get(0).replace("\"", ""))
			.withMessageContaining("It was not recorded.");
		assertThat(this.keys).hasSize(OrderClient.ATTEMPTS).containsOnly(this.keys.get(0));
	}

	private void place(Answer... answers) throws InterruptedException {
		place(Language.EN, answers);
	}

	private void place(Language language, Answer... answers) throws InterruptedException {
		this.answers.addAll(List.of(answers));
		URI url = URI.create("http://localhost:%d/orders".formatted(this.service.getAddress().getPort()));
		assertThat(new OrderClient(url, Duration.ZERO).place("1st-Order", null, Messages.in(language), this.said::add)
			.path("offset")
			.asInt()).isEqualTo(12);
		assertThat(this.answers).isEmpty();
	}

	private void answer(HttpExchange request) throws IOException {
		try (request) {
			request.getRequestBody().readAllBytes();
			this.keys.add(String.join(", ", request.getRequestHeaders().get("Idempotency-Key")));
			Answer answer = this.answers.remove(0);
			if (answer == BROKEN) {
				return;
			}
			if (answer.retryAfter) {
				request.getResponseHeaders().set("Retry-After", "1");
			}
			byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
			request.sendResponseHeaders(answer.status, body.length);
			request.getResponseBody().write(body);
		}
	}

	private record Answer(int status, boolean retryAfter, String body) {
	}

}
