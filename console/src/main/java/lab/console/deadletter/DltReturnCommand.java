package lab.console.deadletter;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import lab.console.deadletter.ReturnToOrigin.ReturnOutcome;
import lab.console.group.Cluster;
import lab.console.terminal.Json;
import lab.console.terminal.Messages;
import lab.console.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code lab dlt return}: returns a dead letter, or all that have not been returned, to
 * where they came from. Ends with status 1 if one of them was refused.
 */
@Command(name = "return")
final class DltReturnCommand implements Callable<Integer> {

	private static final int MOST_RETURNS = 100;

	@Mixin
	private final DltOptions options = new DltOptions();

	@ArgGroup(multiplicity = "1")
	private Wanted wanted = new Wanted();

	@Option(names = "--max-returns", paramLabel = "N", defaultValue = "" + ReturnToOrigin.MAX_RETURNS,
			descriptionKey = "dlt.max-returns")
	private int maxReturns;

	@Spec
	private @Nullable CommandSpec spec;

	/**
	 * One dead letter, or all.
	 */
	private static final class Wanted {

		@Parameters(paramLabel = "PARTITION-OFFSET", descriptionKey = "dlt.id", converter = RecordId.Converter.class)
		private @Nullable RecordId id;

		@Option(names = "--all", descriptionKey = "dlt.all")
		private boolean all;

	}

	@Override
	public Integer call() {
		Messages messages = this.options.messages();
		if (this.maxReturns < 1 || this.maxReturns > MOST_RETURNS) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(),
					messages.get("dlt.max-returns-wrong", MOST_RETURNS, this.maxReturns));
		}
		return DeadLetterTopic.use(this.options, this.options.topic(), messages, (letters) -> {
			try (ReturnToOrigin origin = new ReturnToOrigin(Cluster.clientProperties(this.options), letters,
					this.maxReturns, messages)) {
				return give(origin, messages);
			}
		});
	}

	private int give(ReturnToOrigin origin, Messages messages) {
		RecordId id = this.wanted.id;
		if (id != null) {
			print(origin.one(id), messages);
			return 0;
		}
		AtomicInteger returned = new AtomicInteger();
		AtomicInteger refused = new AtomicInteger();
		origin.all((outcome) -> {
			((outcome.refused() == null) ? returned : refused).incrementAndGet();
			print(outcome, messages);
		});
		if (!this.options.json()) {
			Terminal.ofProcess().println(messages.get("dlt.returned-all", returned, refused));
		}
		return (refused.get() == 0) ? 0 : 1;
	}

	private void print(ReturnOutcome outcome, Messages messages) {
		if (this.options.json()) {
			Terminal.ofProcess().println(Json.line(outcome));
		}
		else {
			Terminal.ofProcess()
				.println((outcome.refused() != null) ? outcome.refused()
						: messages.get("dlt.returned", outcome.id(), outcome.topic(), outcome.to(), outcome.returns()));
		}
	}

}
