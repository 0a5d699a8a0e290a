package lab.product;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import lab.product.RebalanceEvent.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.test.context.TestConstructor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The contract: what is read and written, to the letter.
 */
@JsonTest
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class EventsJsonTests {

	private static final UUID ID = UUID.fromString("6f0d7c1e-8a55-4a5a-9a39-1f3c2c9b0d11");

	private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123Z");

	private final JsonMapper json;

	EventsJsonTests(JsonMapper json) {
		this.json = json;
	}

	@Test
	void readsAnOrder() {
		assertThat(this.json.readValue("""
				{"id":"6f0d7c1e-8a55-4a5a-9a39-1f3c2c9b0d11","message":"첫 주문","customerId":"alice",\
				"placedAt":"2026-11-20T10:00:00.123Z"}""", OrderPlaced.class))
			.isEqualTo(new OrderPlaced(ID, "첫 주문", "alice", AT));
	}

	@Test
	void readsAnOrderWithoutACustomer() {
		assertThat(this.json.readValue("""
				{"id":"6f0d7c1e-8a55-4a5a-9a39-1f3c2c9b0d11","message":"1st-Order",\
				"placedAt":"2026-11-20T10:00:00.123Z"}""", OrderPlaced.class))
			.isEqualTo(new OrderPlaced(ID, "1st-Order", null, AT));
	}

	@Test
	void readsAFutureVersionOfAnOrder() {
		assertThat(this.json.readValue("""
				{"version":2,"id":"6f0d7c1e-8a55-4a5a-9a39-1f3c2c9b0d11","message":"1st-Order","customerId":null,\
				"placedAt":"2026-11-20T10:00:00.123Z","lines":[{"sku":"a","quantity":2}]}""", OrderPlaced.class))
			.isEqualTo(new OrderPlaced(ID, "1st-Order", null, AT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "hello world", "{}", "\"a string\"", "123", "[]", "{\"id\":",
			"{\"message\":\"no id\",\"placedAt\":\"2026-11-20T10:00:00Z\"}",
			"{\"id\":\"6f0d7c1e-8a55-4a5a-9a39-1f3c2c9b0d11\",\"placedAt\":\"2026-11-20T10:00:00Z\"}",
			"{\"id\":\"6f0d7c1e-8a55-4a5a-9a39-1f3c2c9b0d11\",\"message\":\"no time\"}",
			"{\"id\":\"1\",\"message\":\"no UUID\",\"placedAt\":\"2026-11-20T10:00:00Z\"}" })
	void refusesWhatIsNoOrder(String value) {
		assertThatThrownBy(() -> this.json.readValue(value, OrderPlaced.class)).isInstanceOf(JacksonException.class);
	}

	@Test
	void writesThatAnOrderWasHandled() {
		assertThat(this.json.writeValueAsString(new OrderHandled(ID, "1st-Order", "product1", 1, 42, AT, false)))
			.isEqualTo("""
					{"orderId":"6f0d7c1e-8a55-4a5a-9a39-1f3c2c9b0d11","message":"1st-Order","instance":"product1",\
					"partition":1,"offset":42,"handledAt":"2026-11-20T10:00:00.123Z"}""");
	}

	@Test
	void writesThatTheStockHadCountedAnOrderBefore() {
		assertThat(this.json.writeValueAsString(new OrderHandled(ID, "1st-Order", "product1", 1, 42, AT, true)))
			.endsWith("\"handledAt\":\"2026-11-20T10:00:00.123Z\",\"repeated\":true}");
	}

	@Test
	void writesWhichKindOfRebalanceItWas() {
		List<String> one = List.of("topic_example-1");
		List<String> both = List.of("topic_example-0", "topic_example-1");
		assertThat(this.json.writeValueAsString(new RebalanceEvent(Type.ASSIGNED, "product1", one, both, 4, AT)))
			.isEqualTo("""
					{"type":"PartitionsAssigned","instance":"product1","partitions":["topic_example-1"],\
					"owned":["topic_example-0","topic_example-1"],"epoch":4,"at":"2026-11-20T10:00:00.123Z"}""");
		assertThat(this.json.writeValueAsString(new RebalanceEvent(Type.REVOKED, "product1", both, List.of(), 4, AT)))
			.isEqualTo("""
					{"type":"PartitionsRevoked","instance":"product1",\
					"partitions":["topic_example-0","topic_example-1"],"owned":[],"epoch":4,\
					"at":"2026-11-20T10:00:00.123Z"}""");
		assertThat(this.json.writeValueAsString(new RebalanceEvent(Type.LOST, "product1", one, List.of(), -1, AT)))
			.isEqualTo("""
					{"type":"PartitionsLost","instance":"product1","partitions":["topic_example-1"],"owned":[],\
					"epoch":-1,"at":"2026-11-20T10:00:00.123Z"}""");
	}

}
