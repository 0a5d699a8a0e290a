package lab.console.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import lab.console.events.AssignmentChanged.Type;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventsTests {

	private static final String ASSIGNED = """
			{"type":"PartitionsAssigned","instance":"product1","partitions":["topic_example-1"],\
			"owned":["topic_example-0","topic_example-1"],"epoch":3,"at":"2026-11-26T12:00:00.123456Z"}""";

	private static final String HANDLED = """
			{"orderId":"5f1c","message":"1st-Order","instance":"product1","partition":1,"offset":42,\
			"handledAt":"2026-11-26T12:00:00.123456Z"}""";

	private static final Instant AT = Instant.parse("2026-11-26T12:00:00.123456Z");

	@Test
	void whatAnInstanceSaysOfItsAssignmentIsRead() {
		assertThat(AssignmentChanged.parse(bytes(ASSIGNED)))
			.contains(new AssignmentChanged(Type.ASSIGNED, "product1", List.of(new TopicPartition("topic_example", 1)),
					List.of(new TopicPartition("topic_example", 0), new TopicPartition("topic_example", 1)), 3, AT));
	}

	@ParameterizedTest
	@EnumSource
	void everyTypeIsReadByItsName(Type type) {
		assertThat(AssignmentChanged.parse(bytes(ASSIGNED.replace("PartitionsAssigned", type.jsonName()))))
			.hasValueSatisfying((event) -> assertThat(event.type()).isEqualTo(type));
	}

	@Test
	void aMemberMayOwnNothingAndHaveNoEpoch() {
		assertThat(AssignmentChanged.parse(bytes("""
				{"type":"PartitionsAssigned","instance":"product2","partitions":[],"owned":[],"epoch":-1,\
				"at":"2026-11-26T12:00:00Z"}"""))).hasValueSatisfying((event) -> {
			assertThat(event.partitions()).isEmpty();
			assertThat(event.owned()).isEmpty();
			assertThat(event.epoch()).isNegative();
		});
	}

	@Test
	void whatAnInstanceHandledIsRead() {
		assertThat(OrderHandled.parse(bytes(HANDLED)))
			.contains(new OrderHandled("5f1c", "1st-Order", "product1", 1, 42, AT, false));
	}

	@Test
	void whatTheStockHadCountedBeforeIsRepeated() {
		assertThat(OrderHandled.parse(bytes(HANDLED.replaceFirst("\\{", "{\"repeated\":true,"))))
			.contains(new OrderHandled("5f1c", "1st-Order", "product1", 1, 42, AT, true));
		assertThat(OrderHandled.parse(bytes(HANDLED.replaceFirst("\\{", "{\"repeated\":\"yes\",")))).isEmpty();
	}

	@Test
	void anOrderNeedsNoMessage() {
		assertThat(OrderHandled.parse(bytes(HANDLED.replace("\"1st-Order\"", "null"))))
			.hasValueSatisfying((event) -> assertThat(event.message()).isNull());
	}

	@Test
	void fieldsThatAreNotKnownAreIgnored() {
		assertThat(OrderHandled.parse(bytes(HANDLED.replaceFirst("\\{", "{\"attempt\":2,")))).isPresent();
	}

	@Test
	void controlCharactersAreNotKept() {
		assertThat(OrderHandled.parse(bytes(HANDLED.replace("1st-Order", "\\u001b[31mred\\u009b\\n"))))
			.hasValueSatisfying((event) -> assertThat(event.message()).isEqualTo(" [31mred  "));
		assertThat(AssignmentChanged.parse(bytes(ASSIGNED.replace("product1", "product\\u0007"))))
			.hasValueSatisfying((event) -> assertThat(event.instance()).isEqualTo("product "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "x", "null", "[]", "42", "\"text\"", "{", "{}",
			"{\"type\":\"PartitionsAssigned\"}", "\u0000\u0001\u0002" })
	void whatIsNoJsonObjectOrHasNoFieldsIsNoEvent(String value) {
		assertThat(AssignmentChanged.parse(bytes(value))).isEmpty();
		assertThat(OrderHandled.parse(bytes(value))).isEmpty();
	}

	@Test
	void aRecordWithoutValueIsNoEvent() {
		assertThat(AssignmentChanged.parse(null)).isEmpty();
		assertThat(OrderHandled.parse(null)).isEmpty();
	}

	@Test
	void whatIsNestedTooDeepIsNoEvent() {
		assertThat(AssignmentChanged.parse(bytes("{\"a\":".repeat(100_000)))).isEmpty();
	}

	/**
	 * Each replaces one field of an event that is well-formed otherwise.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"PartitionsAssigned"                | "PartitionsMoved"
			"PartitionsAssigned"                | "partitionsassigned"
			"PartitionsAssigned"                | null
			"PartitionsAssigned"                | 1
			"product1"                          | ""
			"product1"                          | "  "
			"product1"                          | "\\n"
			"product1"                          | null
			"product1"                          | 7
			"product1"                          | {}
			["topic_example-1"]                 | ["x"]
			["topic_example-1"]                 | [""]
			["topic_example-1"]                 | ["-1"]
			["topic_example-1"]                 | ["topic_example-"]
			["topic_example-1"]                 | ["topic_example-01"]
			["topic_example-1"]                 | ["topic_example-1.5"]
			["topic_example-1"]                 | ["topic_example-2147483648"]
			["topic_example-1"]                 | ["topic_example-99999999999999999999"]
			["topic_example-1"]                 | ["topic example-1"]
			["topic_example-1"]                 | ["topic_example-1\\n"]
			["topic_example-1"]                 | ["topic_example-٣"]
			["topic_example-1"]                 | [1]
			["topic_example-1"]                 | [null]
			["topic_example-1"]                 | [["topic_example-1"]]
			["topic_example-1"]                 | "topic_example-1"
			["topic_example-1"]                 | null
			["topic_example-0","topic_example-1"] | ["topic_example-0","x"]
			["topic_example-0","topic_example-1"] | {"topic_example-0":1}
			["topic_example-0","topic_example-1"] | null
			:3,                                 | :null,
			:3,                                 | :"3",
			:3,                                 | :3.5,
			:3,                                 | :2147483648,
			"2026-11-26T12:00:00.123456Z"       | "yesterday"
			"2026-11-26T12:00:00.123456Z"       | "2026-11-26"
			"2026-11-26T12:00:00.123456Z"       | "2026-02-30T12:00:00Z"
			"2026-11-26T12:00:00.123456Z"       | "+1000000000-12-31T23:59:59Z"
			"2026-11-26T12:00:00.123456Z"       | "-1000000000-01-01T00:00:00Z"
			"2026-11-26T12:00:00.123456Z"       | 1764158400
			"2026-11-26T12:00:00.123456Z"       | null
			""")
	void anAssignmentWithAFieldThatIsMalformedIsNoEvent(String field, String malformed) {
		assertThat(ASSIGNED).contains(field);
		assertThat(AssignmentChanged.parse(bytes(ASSIGNED.replace(field, malformed)))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"5f1c"                        | null
			"5f1c"                        | 5
			"5f1c"                        | ""
			"1st-Order"                   | 1
			"1st-Order"                   | {}
			"product1"                    | ""
			"product1"                    | null
			:1,                           | :-1,
			:1,                           | :"1",
			:1,                           | :1.5,
			:1,                           | :4294967296,
			:42,                          | :-1,
			:42,                          | :"42",
			:42,                          | :1e3,
			:42,                          | :9223372036854775808,
			:42,                          | :null,
			"2026-11-26T12:00:00.123456Z" | "soon"
			"2026-11-26T12:00:00.123456Z" | null
			"2026-11-26T12:00:00.123456Z" | "+999999999-01-01T00:00:00Z"
			""")
	void aHandledOrderWithAFieldThatIsMalformedIsNoEvent(String field, String malformed) {
		assertThat(HANDLED).contains(field);
		assertThat(OrderHandled.parse(bytes(HANDLED.replace(field, malformed)))).isEmpty();
	}

	@Test
	void aNameOfUnreasonableLengthIsNoName() {
		assertThat(AssignmentChanged.parse(bytes(ASSIGNED.replace("product1", "p".repeat(100_000))))).isEmpty();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
