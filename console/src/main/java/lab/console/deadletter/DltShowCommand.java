package lab.console.deadletter;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import lab.console.terminal.Terminal.Style;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code lab dlt show}: prints a dead letter with its headers, its key and its value.
 */
@Command(name = "show")
final class DltShowCommand implements Callable<Integer> {

	/**
	 * What {@code --json} prints.
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record ShownLetter(@JsonUnwrapped DeadLetter letter, List<ShownHeader> headers, @Nullable Payload key,
			@Nullable Payload value) {
	}

	/**
	 * A header, of which a record may have several with the same name.
	 */
	record ShownHeader(String name, @Nullable Payload value) {
	}

	@Mixin
	private final DltOptions options = new DltOptions();

	@Parameters(paramLabel = "PARTITION-OFFSET", descriptionKey = "dlt.id", converter = RecordId.Converter.class)
	private RecordId id = new RecordId(0, 0);

	@Override
	public Integer call() {
		Messages messages = this.options.messages();
		String topic = this.options.topic();
		ShownLetter shown = DeadLetterTopic.use(this.options, topic, messages, (letters) -> {
			ConsumerRecord<byte[], byte[]> record = letters.read(this.id);
			return shown(record, !letters.open().contains(this.id));
		});
		Terminal terminal = Terminal.ofProcess();
		if (this.options.json()) {
			terminal.println(Json.line(shown));
		}
		else {
			print(shown, topic, Instant.now(), terminal, messages);
		}
		return 0;
	}

	static ShownLetter shown(ConsumerRecord<byte[], byte[]> record, boolean returned) {
		List<ShownHeader> headers = Stream.of(record.headers().toArray())
			.map((header) -> new ShownHeader(header.key(), payload(header, record)))
			.toList();
		return new ShownLetter(DeadLetter.of(record).returned(returned), headers, Payload.of(record.key()),
				Payload.of(record.value()));
	}

	/**
	 * Spring writes the numbers of the origin as bytes.
	 */
	private static @Nullable Payload payload(Header header, ConsumerRecord<byte[], byte[]> record) {
		Optional<Long> number = switch (header.key()) {
			case DeadLetter.ORIGINAL_PARTITION -> DeadLetter.number(record, header.key(), Integer.BYTES);
			case DeadLetter.ORIGINAL_OFFSET, DeadLetter.ORIGINAL_TIMESTAMP ->
				DeadLetter.number(record, header.key(), Long.BYTES);
			default -> Optional.empty();
		};
		return number.map((value) -> new Payload(header.value().length, String.valueOf(value), null))
			.orElseGet(() -> Payload.of(header.value()));
	}

	static void print(ShownLetter shown, String topic, Instant now, Terminal terminal, Messages messages) {
		DeadLetter letter = shown.letter();
		terminal.println(
				messages.get("dlt.show.title", letter.id(), topic, letter.at(), letter.age(now), letter.returns()));
		terminal.println(messages.get(letter.returned() ? "dlt.show.returned" : "dlt.show.open", letter.id()));
		title("dlt.show.headers", terminal, messages);
		shown.headers().forEach((header) -> {
			List<String> lines = Payload.lines(header.value(), messages);
			terminal.println("  " + messages.get("dlt.show.header", header.name(), String.join("␊", lines)));
		});
		title("dlt.show.key", terminal, messages);
		Payload.lines(shown.key(), messages).forEach((line) -> terminal.println("  " + line));
		title("dlt.show.value", terminal, messages);
		Payload.lines(shown.value(), messages).forEach((line) -> terminal.println("  " + line));
	}

	private static void title(String key, Terminal terminal, Messages messages) {
		terminal.println("");
		terminal.println(terminal.style(Style.BOLD, messages.get(key)));
	}

}
