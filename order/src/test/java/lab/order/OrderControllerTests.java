package lab.order;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import lombok.RequiredArgsConstructor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.json.AbstractJsonContentAssert;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;

/**
 * Which requests are accepted, which are rejected, and the response to each.
 */
@WebMvcTest(OrderController.class)
@Import({ StrictStrings.class, IdempotentOrders.class })
@EnableConfigurationProperties(OrderProperties.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@RequiredArgsConstructor
class OrderControllerTests {

	private static final UUID ID = UUID.fromString("3f2a0f2e-6a3c-4a55-9a52-0d5b1c9f7e11");

	private static final Instant NOW = Instant.parse("2026-11-01T09:30:00.120Z");

	private final MockMvcTester http;

	@MockitoBean
	private Orders orders;

	@Test
	void saysWhereTheOrderWent() {
		given(this.orders.place(new PlaceOrder("1st-Order", "김철수"), null))
			.willReturn(CompletableFuture.completedFuture(new PlacedOrder(ID, "김철수", "topic_example", 1, 12, NOW)));
		assertThat(post("{\"message\":\"1st-Order\",\"customerId\":\"김철수\"}")).hasStatus(HttpStatus.CREATED)
			.bodyJson()
			.isStrictlyEqualTo("""
					{"id":"3f2a0f2e-6a3c-4a55-9a52-0d5b1c9f7e11","key":"김철수","topic":"topic_example",
					"partition":1,"offset":12,"timestamp":"2026-11-01T09:30:00.120Z"}""");
	}

	@Test
	void showsThatThereIsNoKey() {
		given(this.orders.place(new PlaceOrder("1st-Order", null), null))
			.willReturn(CompletableFuture.completedFuture(new PlacedOrder(ID, null, "topic_example", 0, 0, NOW)));
		assertThat(post("{\"message\":\"1st-Order\"}")).hasStatus(HttpStatus.CREATED)
			.bodyJson()
			.extractingPath("$.key")
			.isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "첫 번째 주문", "👩‍👩‍👧 x", "say \\\"hi\\\"", "C:\\\\temp", "{}", "a\\u00a0b" })
	void takesTextInAnyScript(String message) {
		assertTaken("{\"message\":\"%s\",\"customerId\":\"%s\"}".formatted(message, message));
	}

	@Test
	void countsCharactersNotCodeUnits() {
		assertTaken("{\"message\":\"%s\",\"customerId\":\"%s\"}".formatted("😀".repeat(1000), "😀".repeat(100)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\"", "\" \"", "\"\\u3000\"", "\"a\\nb\"", "\"a\\u0000b\"", "\"\\u007f\"",
			"\"x\\u0085y\"", "\"x\\u2028y\"", "\"\\ud83d\"", "123", "1.5", "true", "{}", "[\"a\"]" })
	void namesTheFieldThatIsWrong(String value) {
		assertProblem(post("{\"message\":%s}".formatted(value)), HttpStatus.BAD_REQUEST)
			.extractingPath("$.errors[0].field")
			.isEqualTo("message");
		assertProblem(post("{\"message\":\"a\",\"customerId\":%s}".formatted(value)), HttpStatus.BAD_REQUEST)
			.extractingPath("$.errors[0].field")
			.isEqualTo("customerId");
	}

	@Test
	void refusesTextThatIsTooLong() {
		assertProblem(post("{\"message\":\"%s\"}".formatted("a".repeat(1001))), HttpStatus.BAD_REQUEST)
			.extractingPath("$.detail")
			.isEqualTo("message must be 1 to 1,000 characters, without control characters.");
		assertProblem(post("{\"message\":\"a\",\"customerId\":\"%s\"}".formatted("a".repeat(101))),
				HttpStatus.BAD_REQUEST)
			.extractingPath("$.detail")
			.isEqualTo("customerId must be 1 to 100 characters, without control characters.");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\'',
			textBlock = """
					'{}'                                       | message is missing.
					'{"message":null}'                         | message is missing.
					'{"message":"a","customerID":"c"}'         | customerID is not a field of an order; message and customerId are.
					'{"message":" ","customerId":" "}'         | customerId must not be blank; message must not be blank.
					'{"message":"a","message":"b"}'            | The body is not JSON, or has a field twice (line 1, column 25).
					'{"message":"a"'                           | The body is not JSON, or has a field twice (line 1, column 15).
					'{"message":"a"} x'                        | The body is not JSON, or has a field twice (line 1, column 17).
					'nonsense'                                 | The body is not JSON, or has a field twice (line 1, column 1).
					''                                         | The body must be a JSON object such as {"message": "1st-Order"}.
					'null'                                     | The body must be a JSON object such as {"message": "1st-Order"}.
					'[{"message":"a"}]'                        | The body must be a JSON object such as {"message": "1st-Order"}.
					'"a"'                                      | The body must be a JSON object such as {"message": "1st-Order"}.
					""",
			delimiter = '|')
	void saysWhatIsWrongWithTheBody(String body, String detail) {
		assertProblem(post(body), HttpStatus.BAD_REQUEST).extractingPath("$.detail").isEqualTo(detail);
	}

	@Test
	void doesNotRepeatWhatWasSent() {
		assertThat(post("{\"message\":\"secret\\n\"}")).bodyText().doesNotContain("secret");
		assertThat(post("{\"message\":\"secret\"")).bodyText().doesNotContain("secret");
		assertThat(post("{\"%s\":1}".formatted("x".repeat(500)))).bodyText().doesNotContain("x".repeat(41));
	}

	@Test
	void takes64KibibytesAndNotOneMore() {
		String order = "{\"message\":\"a\"}";
		String limit = order + " ".repeat(64 * 1024 - order.length());
		assertTaken(limit);
		assertProblem(post(limit + " "), HttpStatus.CONTENT_TOO_LARGE).extractingPath("$.detail")
			.isEqualTo("The body may have at most 64 KiB.");
		assertProblem(post("{\"message\":\"%s\"}".formatted("a".repeat(64 * 1024))), HttpStatus.CONTENT_TOO_LARGE);
	}

	@Test
	void otherLimitsOfTheJsonParserAreFaultsOfTheBody() {
		assertProblem(post("[".repeat(2000)), HttpStatus.BAD_REQUEST);
		assertProblem(post("{\"message\":%s}".formatted("1".repeat(2000))), HttpStatus.BAD_REQUEST);
	}

	@Test
	void takesJsonOnly() {
		assertProblem(this.http.post().uri("/orders").contentType(MediaType.TEXT_PLAIN).content("a").exchange(),
				HttpStatus.UNSUPPORTED_MEDIA_TYPE)
			.extractingPath("$.detail")
			.asString()
			.contains("application/json");
		assertProblem(this.http.post().uri("/orders").content("{\"message\":\"a\"}").exchange(),
				HttpStatus.UNSUPPORTED_MEDIA_TYPE);
	}

	@Test
	void answersJsonOnly() {
		assertProblem(this.http.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.accept(MediaType.TEXT_HTML)
			.content("{\"message\":\"a\"}")
			.exchange(), HttpStatus.NOT_ACCEPTABLE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "PUT", "DELETE" })
	void ordersCanOnlyBePosted(String method) {
		MvcTestResult result = this.http.method(HttpMethod.valueOf(method)).uri("/orders").exchange();
		assertProblem(result, HttpStatus.METHOD_NOT_ALLOWED);
		assertThat(result).headers().hasValue(HttpHeaders.ALLOW, "POST");
	}

	@Test
	void knowsNoOtherPath() {
		assertProblem(this.http.post().uri("/order").exchange(), HttpStatus.NOT_FOUND).extractingPath("$.detail")
			.isEqualTo("No endpoint POST /order.");
	}

	@Test
	void asksToTryAgainWhenKafkaHasNotAnswered() {
		given(this.orders.place(any(), any())).willThrow(
				OrderNotPlacedException.notRecorded("Kafka is not reachable.", new TimeoutException("after 1000 ms")));
		MvcTestResult result = post("{\"message\":\"a\"}");
		assertProblem(result, HttpStatus.SERVICE_UNAVAILABLE).extractingPath("$.detail")
			.isEqualTo("The order was not recorded: Kafka is not reachable.");
		assertThat(result).headers().hasValue(HttpHeaders.RETRY_AFTER, "1");
	}

	/**
	 * Nor asks for it again: if it was recorded, the repetition would be a second order.
	 */
	@Test
	void saysThatAnOrderMayHaveBeenRecorded() {
		given(this.orders.place(any(), any())).willReturn(CompletableFuture
			.failedFuture(OrderNotPlacedException.unsure(1, null, "after 1800 ms", new TimeoutException())));
		MvcTestResult result = post("{\"message\":\"a\"}");
		assertProblem(result, HttpStatus.SERVICE_UNAVAILABLE).extractingPath("$.detail")
			.isEqualTo("Order 1 may or may not have been recorded: after 1800 ms."
					+ " Send an Idempotency-Key with each order, so that a repetition is the same order.");
		assertThat(result).headers().doesNotContainHeader(HttpHeaders.RETRY_AFTER);
	}

	@Test
	void asksToRepeatAnOrderWithAKeyThatMayHaveBeenRecorded() {
		IdempotencyKey key = new IdempotencyKey("an order that may have been recorded");
		PlaceOrder order = new PlaceOrder("a", null);
		given(this.orders.place(order, key))
			.willReturn(CompletableFuture.failedFuture(
					OrderNotPlacedException.unsure(ID, key, "Kafka is not reachable.", new TimeoutException())))
			.willReturn(placed());
		MvcTestResult result = post("{\"message\":\"a\"}", "\"an order that may have been recorded\"");
		assertProblem(result, HttpStatus.SERVICE_UNAVAILABLE).extractingPath("$.detail")
			.isEqualTo("Order " + ID + " may or may not have been recorded: Kafka is not reachable."
					+ " Repeat it with the same Idempotency-Key: it is the same order then.");
		assertThat(post("{\"message\":\"a\"}", "\"an order that may have been recorded\""))
			.hasStatus(HttpStatus.CREATED);
	}

	/**
	 * The last two have parameters, which RFC 8941 allows after each value. The draft
	 * gives them no meaning, so they are ignored.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
			"8e03978e-40d5-43e8-bc93-6894a57f9324"|8e03978e-40d5-43e8-bc93-6894a57f9324
			"a"|a
			"an order, of kim; 1"|an order, of kim; 1
			"say \\"hi\\""|say "hi"
			"C:\\\\temp"|C:\\temp
			" a "| a\s
			  "a"  |a
			"b";c|b
			"b";c="d;\\"";  e=1.5;f=:aGk=:;g=?0|b
			""")
	void takesAKeyInDoubleQuotes(String header, String value) {
		given(this.orders.place(any(), eq(new IdempotencyKey(value)))).willReturn(placed());
		assertThat(post("{\"message\":\"a\"}", header)).hasStatus(HttpStatus.CREATED);
	}

	@Test
	void takes255CharactersInAKeyAndNotOneMore() {
		given(this.orders.place(any(), any())).willReturn(placed());
		assertThat(post("{\"message\":\"a\"}", "\"" + "k".repeat(255) + "\"")).hasStatus(HttpStatus.CREATED);
		assertThat(post("{\"message\":\"a\"}", "\"" + "\\\\".repeat(255) + "\"")).hasStatus(HttpStatus.CREATED);
		assertProblem(post("{\"message\":\"a\"}", "\"" + "k".repeat(256) + "\""), HttpStatus.BAD_REQUEST);
		assertProblem(post("{\"message\":\"a\"}", "\"a\"" + ";b".repeat(2000)), HttpStatus.BAD_REQUEST);
	}

	@ParameterizedTest
	@ValueSource(strings = { "8e03978e-40d5-43e8-bc93-6894a57f9324", "", "\"\"", "\"", "\"a", "a\"", "'a'", "\"a\" b",
			"\"a\", \"b\"", "\"a\"b\"", "\"a\\\"", "\"a\\b\"", "\"김철수\"", "\"\u00e9\"", "\"a\tb\"", "\"a\u007f\"",
			"\"a\";", "\"a\";B", "\"a\";b=", "\"a\";b=\"c", "\"a\" ;b", "42", "?1", ":aGk=:", "(\"a\")" })
	void refusesAKeyThatIsNoStringOfAStructuredField(String header) {
		assertProblem(post("{\"message\":\"a\"}", header), HttpStatus.BAD_REQUEST).extractingPath("$.detail")
			.isEqualTo("Idempotency-Key must be given once, as 1 to 255 ASCII characters in double quotes, such as "
					+ "\"8e03978e-40d5-43e8-bc93-6894a57f9324\".");
		then(this.orders).shouldHaveNoInteractions();
	}

	@Test
	void refusesTwoKeys() {
		assertProblem(post("{\"message\":\"a\"}", "\"a\"", "\"a\""), HttpStatus.BAD_REQUEST);
		assertProblem(post("{\"message\":\"a\"}", "\"a", "b\""), HttpStatus.BAD_REQUEST);
		then(this.orders).shouldHaveNoInteractions();
	}

	@Test
	void refusesAnotherOrderWithTheSameKey() {
		given(this.orders.place(any(), any())).willReturn(placed());
		assertThat(post("{\"message\":\"a\"}", "\"used for another order\"")).hasStatus(HttpStatus.CREATED);
		assertProblem(post("{\"message\":\"b\"}", "\"used for another order\""), HttpStatus.UNPROCESSABLE_CONTENT)
			.extractingPath("$.detail")
			.isEqualTo("Another order was sent with this Idempotency-Key. Use a new one for each order.");
	}

	@Test
	void asksToWaitForAnOrderInFlight() {
		CompletableFuture<PlacedOrder> inFlight = new CompletableFuture<>();
		given(this.orders.place(any(), any())).willReturn(inFlight);
		this.http.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.header("Idempotency-Key", "\"in flight\"")
			.content("{\"message\":\"a\"}")
			.asyncExchange();
		MvcTestResult result = post("{\"message\":\"a\"}", "\"in flight\"");
		assertProblem(result, HttpStatus.CONFLICT).extractingPath("$.detail")
			.isEqualTo("The order with this Idempotency-Key still waits for Kafka. Repeat it for its outcome.");
		assertThat(result).headers().hasValue(HttpHeaders.RETRY_AFTER, "1");
		inFlight.complete(placed().join());
		assertThat(post("{\"message\":\"a\"}", "\"in flight\"")).hasStatus(HttpStatus.CREATED);
	}

	@Test
	void aNumberOverJacksonsLimitIsNotCalledMissingBraces() {
		assertProblem(post("{\"message\":%s}".formatted("9".repeat(5000))), HttpStatus.BAD_REQUEST)
			.extractingPath("$.detail")
			.isEqualTo("The body has a number or a name that is too long for an order, or is nested too deep.");
	}

	@Test
	void secondDocumentInTheBodyIsSaidToBeOne() {
		assertProblem(post("{\"message\":\"a\"} {\"message\":\"b\"}"), HttpStatus.BAD_REQUEST)
			.extractingPath("$.detail")
			.isEqualTo("The body must be one JSON object, with nothing after it.");
	}

	@Test
	void doesNotTakeAnEncodedBody() {
		MvcTestResult result = this.http.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.header(HttpHeaders.CONTENT_ENCODING, "gzip")
			.content(new byte[] { 0x1f, (byte) 0x8b, 8, 0 })
			.exchange();
		assertProblem(result, HttpStatus.UNSUPPORTED_MEDIA_TYPE).extractingPath("$.detail")
			.isEqualTo("The body must not have a Content-Encoding.");
		assertThat(result).headers().hasValue(HttpHeaders.ACCEPT_ENCODING, "identity");
	}

	private void assertTaken(String body) {
		given(this.orders.place(any(), any())).willReturn(placed());
		assertThat(post(body)).hasStatus(HttpStatus.CREATED);
	}

	private static AbstractJsonContentAssert<?> assertProblem(MvcTestResult result, HttpStatus status) {
		return assertThat(result).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON).bodyJson();
	}

	private static CompletableFuture<PlacedOrder> placed() {
		return CompletableFuture.completedFuture(new PlacedOrder(ID, null, "topic_example", 0, 0, NOW));
	}

	/**
	 * @param keys the values of the header {@code Idempotency-Key}, if any
	 */
	private MvcTestResult post(String body, String... keys) {
		return this.http.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.headers((headers) -> headers.addAll("Idempotency-Key", List.of(keys)))
			.content(body)
			.exchange();
	}

}
