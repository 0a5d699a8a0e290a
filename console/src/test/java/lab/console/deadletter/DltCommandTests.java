package lab.console.deadletter;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import lab.console.deadletter.DeadLetter.OriginalPosition;
import lab.console.deadletter.DeadLetterList.Listing;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.Messages.Language;
import lab.console.terminal.Terminal;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code lab dlt} and {@code lab dlt show} print.
 */
class DltCommandTests {

	private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");

	private static final Messages MESSAGES = Messages.in(Language.EN);

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	private final Terminal terminal = new Terminal(new PrintStream(this.printed, true, StandardCharsets.UTF_8), false,
			false);

	@Test
	void listsWithCauseOriginAgeAndReturns() {
		DeadLetter fresh = new DeadLetter(new RecordId(0, 12), NOW.minusSeconds(3),
				new OriginalPosition("orders", 1, 42, null), "it is \033[2Jempty", 1, false);
		DeadLetter returned = new DeadLetter(new RecordId(0, 9), NOW.minusSeconds(300), null, null, 0, true);
		DltCommand.print(new Listing(5, 1, List.of(fresh, returned)), "orders-dlt", NOW, this.terminal, MESSAGES);
		assertThat(lines()).containsExactly("DEAD-LETTER  FROM           CAUSE            AGE  RETURNS  STATE",
				"0-12         orders-1 @ 42  it is ␛[2Jempty  3s   1        not returned",
				"0-9          -              -                5m   0        returned", "",
				"dead letters in orders-dlt: 5; not yet returned: 1.",
				"these are the newest 2; --limit lists up to 1000.",
				"./lab dlt show 0-12 shows one; ./lab dlt return 0-12 returns it.");
	}

	@ParameterizedTest
	@CsvSource({ "PT-1S, 0s", "PT59S, 59s", "PT1M, 1m", "PT59M59S, 59m", "PT23H, 23h", "PT49H, 2d" })
	void theAgeIsInItsLargestUnit(Duration age, String shown) {
		assertThat(new DeadLetter(new RecordId(0, 0), NOW.minus(age), null, null, 0, false).age(NOW)).isEqualTo(shown);
	}

	@Test
	void showsAllOfADeadLetterInLinesOfItsOwn() {
		ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("orders-dlt", 0, 12, new byte[] { 0, (byte) 0xFF },
				"one\nheaders\r\n\033[2Jtwo".getBytes(StandardCharsets.UTF_8));
		record.headers()
			.add("cause", "it is\nempty".getBytes(StandardCharsets.UTF_8))
			.add("kafka_dlt-original-partition", new byte[] { 0, 0, 0, 1 })
			.add("nothing", null);
		DltShowCommand.print(DltShowCommand.shown(record, true), "orders-dlt", NOW, this.terminal, MESSAGES);
		assertThat(lines().skip(1)).containsExactly("it has been returned", "", "headers", "  cause: it is␊empty",
				"  kafka_dlt-original-partition: 1", "  nothing: (none)", "", "key", "  0x00ff",
				"  (not text; it has 2 bytes)", "", "value", "  one", "  headers", "  ␛[2Jtwo");
		assertThat(Json.line(DltShowCommand.shown(record, true))).contains("\"id\":\"0-12\"", "\"hex\":\"00ff\"");
	}

	@Test
	void aLongValueIsCutAndItsLengthIsSaid() {
		assertThat(Payload.lines(Payload.of("é".repeat(3000).getBytes(StandardCharsets.UTF_8)), MESSAGES))
			.containsExactly("é".repeat(2000) + "…", "(cut after 2000 characters; it has 6000 bytes)");
		assertThat(Payload.lines(Payload.of("a\n\tb".getBytes(StandardCharsets.UTF_8)), MESSAGES)).containsExactly("a",
				"␉b");
		assertThat(Payload.lines(Payload.of(new byte[0]), MESSAGES)).containsExactly("(empty)");
	}

	private Stream<String> lines() {
		return this.printed.toString(StandardCharsets.UTF_8).lines();
	}

}
