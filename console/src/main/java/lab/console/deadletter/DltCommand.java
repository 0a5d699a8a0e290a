package lab.console.deadletter;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;

import lab.console.deadletter.DeadLetterList.Listing;
import lab.console.terminal.DisplayWidth;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.Table;
import lab.console.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code lab dlt}: lists the dead letters of a topic, the newest first.
 */
@Command(name = "dlt", subcommands = { DltShowCommand.class, DltReturnCommand.class })
public final class DltCommand implements Callable<Integer> {

	private static final int MAX_LIMIT = 1000;

	private static final int CAUSE_WIDTH = 60;

	private static final String NONE = "-";

	@Mixin
	private final DltOptions options = new DltOptions();

	@Option(names = "--limit", paramLabel = "N", defaultValue = "20", descriptionKey = "dlt.limit")
	private int limit;

	@Spec
	private @Nullable CommandSpec spec;

	@Override
	public Integer call() {
		Messages messages = this.options.messages();
		if (this.limit < 1 || this.limit > MAX_LIMIT) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(),
					messages.get("dlt.limit-wrong", MAX_LIMIT, this.limit));
		}
		String topic = this.options.topic();
		Listing listing = DeadLetterTopic.use(this.options, topic, messages, (letters) -> letters.list(this.limit));
		Terminal terminal = Terminal.ofProcess();
		if (this.options.json()) {
			listing.newest().forEach((letter) -> terminal.println(Json.line(letter)));
		}
		else {
			print(listing, topic, Instant.now(), terminal, messages);
		}
		return 0;
	}

	static void print(Listing listing, String topic, Instant now, Terminal terminal, Messages messages) {
		if (listing.total() == 0) {
			terminal.println(messages.get("dlt.empty", topic));
			return;
		}
		Table table = new Table("DEAD-LETTER", "FROM", "CAUSE", "AGE", "RETURNS", "STATE");
		listing.newest()
			.forEach((letter) -> table.row(letter.id(), Objects.requireNonNullElse(letter.origin(), NONE),
					DisplayWidth.cut(Objects.requireNonNullElse(letter.cause(), NONE), CAUSE_WIDTH), letter.age(now),
					letter.returns(), messages.get(letter.returned() ? "dlt.state.returned" : "dlt.state.open")));
		table.print(terminal.out());
		terminal.println("");
		terminal.println(messages.get("dlt.total", topic, listing.total(), listing.open()));
		if (listing.newest().size() < listing.total()) {
			terminal.println(messages.get("dlt.more", listing.newest().size(), MAX_LIMIT));
		}
		terminal.println(messages.get("dlt.next", listing.newest().get(0).id()));
	}

}
