package lab.console.deadletter;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;
import lab.console.deadletter.DltShowCommand.ShownLetter;
import lab.console.deadletter.ReturnToOrigin.ReturnOutcome;
import lab.console.group.Cluster;
import lab.console.group.WatchedGroup;
import lab.console.terminal.LabException;
import lab.console.terminal.LabOptions;
import lab.console.terminal.Messages;
import lombok.RequiredArgsConstructor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@code lab dlt show} and {@code lab dlt return} from the page.
 */
@RestController
@RequestMapping("/api/dead-letters")
@RequiredArgsConstructor
public class DeadLettersController {

	/**
	 * Each takes a transaction: more would keep the page waiting for minutes.
	 */
	private static final int MOST_AT_ONCE = 500;

	private final LabOptions options;

	private final WatchedGroup source;

	private final Lock returning = new ReentrantLock();

	/**
	 * A dead letter in full, as lines for a person.
	 */
	record LetterContents(RecordId id, List<HeaderLines> headers, List<String> key, List<String> value) {
	}

	/**
	 * A header, of which a record may have several with the same name.
	 */
	record HeaderLines(String name, List<String> value) {
	}

	/**
	 * What has become of all dead letters.
	 *
	 * @param refusal why the first of those was refused; null where none was
	 * @param left how many were not reached
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record ReturnedLetters(int returned, int refused, @Nullable String refusal, int left) {
	}

	@GetMapping("/{id}")
	LetterContents show(@PathVariable String id, @RequestParam(name = "lang", defaultValue = "en") Messages messages) {
		if (!this.source.local()) {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN,
					messages.get("request.no-contents", this.source.group(), this.source.bootstrapServer()));
		}
		RecordId wanted = id(id, messages);
		return DeadLetterTopic.use(this.options, topic(), messages, (letters) -> {
			ShownLetter shown = DltShowCommand.shown(letters.read(wanted), false);
			return new LetterContents(wanted,
					shown.headers()
						.stream()
						.map((header) -> new HeaderLines(header.name(), Payload.lines(header.value(), messages)))
						.toList(),
					Payload.lines(shown.key(), messages), Payload.lines(shown.value(), messages));
		});
	}

	@PostMapping("/{id}/return")
	ReturnOutcome returnOne(@PathVariable String id,
			@RequestParam(name = "lang", defaultValue = "en") Messages messages) {
		RecordId wanted = id(id, messages);
		return returning(messages, (origin) -> origin.one(wanted));
	}

	@PostMapping("/return")
	ReturnedLetters returnAll(@RequestParam(name = "lang", defaultValue = "en") Messages messages) {
		return returning(messages, (origin) -> {
			ReturnedCount count = new ReturnedCount();
			int open = origin.open();
			origin.all(MOST_AT_ONCE, count::add);
			return new ReturnedLetters(count.returned, count.refused, count.refusal,
					open - count.returned - count.refused);
		});
	}

	/**
	 * The outcomes so far.
	 */
	private static final class ReturnedCount {

		private int returned;

		private int refused;

		private @Nullable String refusal;

		private void add(ReturnOutcome outcome) {
			if (outcome.refused() == null) {
				this.returned++;
				return;
			}
			this.refused++;
			this.refusal = (this.refusal != null) ? this.refusal : outcome.refused();
		}

	}

	/**
	 * Refuses a second request at the same time, which would end the first one's
	 * transaction.
	 */
	private <T> T returning(Messages messages, Function<ReturnToOrigin, T> work) {
		if (!this.returning.tryLock()) {
			throw new LabException(messages.get("dlt.fenced", topic()));
		}
		try {
			return DeadLetterTopic.use(this.options, topic(), messages, (letters) -> {
				try (ReturnToOrigin origin = new ReturnToOrigin(Cluster.clientProperties(this.options), letters,
						ReturnToOrigin.MAX_RETURNS, messages)) {
					return work.apply(origin);
				}
			});
		}
		finally {
			this.returning.unlock();
		}
	}

	private String topic() {
		// only the lab's own group is acted upon, and it has a topic
		return DeadLetter.topic(Objects.requireNonNull(this.source.topic()));
	}

	private RecordId id(String id, Messages messages) {
		return RecordId.parse(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					messages.get("dlt.none-there", id, topic())));
	}

}
